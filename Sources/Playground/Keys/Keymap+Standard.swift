import Screen

/// The keys as they ship.
///
/// Ctrl+M, Ctrl+I and Ctrl+H can't be bound: terminals send Enter, Tab and Backspace for them. Each function key has a
/// Ctrl or Alt key beside it, for terminals and keyboards that keep function keys to themselves.
extension Keymap {
    static let everywhere: [KeyBinding] = [
        KeyBinding(.function(1), action: .help, in: .everywhere, "help", hint: "help"),
        KeyBinding(.control("o"), action: .palette, in: .everywhere, "all commands", hint: "commands"),
        KeyBinding(
            .function(2), .control("g"), action: .models, in: .everywhere, "choose a model or pull one", hint: "models"),
        KeyBinding(
            .function(3), .control("p"), action: .parameters, in: .everywhere, "sampling parameters",
            hint: "parameters"),
        KeyBinding(
            .function(4), .control("x"), action: .systemPrompt, in: .everywhere, "system prompt", hint: "system"),
        KeyBinding(
            .function(5), .control("t"), action: .toggleConcurrent, in: .everywhere,
            "answer one after the other, or together", hint: "together"),
        KeyBinding(.function(6), .control("v"), action: .themes, in: .everywhere, "choose a theme", hint: "theme"),
        KeyBinding(
            .function(7), .control("n"), action: .newConversation, in: .everywhere, "new conversation", hint: "new"),
        KeyBinding(
            .function(8), .alt("s"), action: .toggleSpeculation, in: .everywhere,
            "guess tokens and check several at once, or not", hint: "speculation"),
        KeyBinding(
            .function(9), .alt("i"), action: .inspect, in: .everywhere, "step through an answer, token by token",
            hint: "inspect"),
        KeyBinding(.function(10), .alt("z"), action: .zoom, in: .everywhere, "give one pane the whole screen"),
        KeyBinding(
            .function(11), .alt("w"), action: .workflows, in: .everywhere,
            "the ways in which small and large work together", hint: "tasks"),
        KeyBinding(
            .function(12), .alt("v"), action: .workbench, in: .everywhere, "the task that runs, or the latest one"),
        KeyBinding(.alt("t"), action: .figures, in: .everywhere, "latency, memory, processor and energy in full"),
        KeyBinding(.alt("r"), action: .repeats, in: .everywhere, "medians of the prompt that was repeated"),
        KeyBinding(.alt("p"), action: .renderedPrompt, in: .everywhere, "what the model sees"),
        KeyBinding(.alt("l"), action: .follow, in: .everywhere, "lead one model through the other's answer"),
        KeyBinding(.alt("n"), action: .blind, in: .everywhere, "compare without names, and vote"),
        KeyBinding(.alt("h"), action: .nextHeat, in: .everywhere, "colour tokens by likelihood, by latency, or not"),
        KeyBinding(.alt("m"), action: .toggleMarkdown, in: .everywhere, "answers letter by letter, or as Markdown"),
        KeyBinding(.alt("k"), action: .toggleThoughts, in: .everywhere, "what models thought, in full or in one line"),
        KeyBinding(.alt("g"), action: .regenerate, in: .everywhere, "answer the latest prompt once more"),
        KeyBinding(.alt("u"), action: .undo, in: .everywhere, "take the latest prompt back"),
        KeyBinding(
            .tab, action: .focusNext, in: .everywhere, "next part of the screen; in a prompt to be filled in: next gap"),
        KeyBinding(.backTab, action: .focusPrevious, in: .everywhere, "previous part of the screen"),
        KeyBinding(
            .escape, action: .cancel, in: .everywhere, "close the dialog or the task's view, or stop all answers"),
        KeyBinding(.control("c"), action: .interrupt, in: .everywhere, "stop; twice: leave"),
        KeyBinding(.control("z"), action: .suspend, in: .everywhere, "back to the shell for a while"),
        KeyBinding(.control("l"), action: .redraw, in: .everywhere, "draw the screen anew"),
    ]

    static let writing: [KeyBinding] = [
        KeyBinding(.enter, action: .send, in: .prompt, "send to all models"),
        KeyBinding(
            .control("d"), action: .deleteOrExit, in: .prompt, "delete; on an empty prompt: leave", hint: "leave"),
        KeyBinding(.pageUp, action: .move(.pageUp), in: .prompt, "scroll all answers up"),
        KeyBinding(.pageDown, action: .move(.pageDown), in: .prompt, "scroll all answers down"),
        KeyBinding(.control("r"), action: .history, in: .prompt, "search the prompts of earlier times"),
        KeyBinding(.alt("o"), action: .starters, in: .prompt, "prompts to start from"),
        KeyBinding(.alt("e"), action: .externalEditor, in: .prompt, "write the prompt in your own editor"),
        KeyBinding(.tab, action: .choose, in: .completion, "complete"),
        KeyBinding(.up, action: .move(.lineUp), in: .completion, "candidate above"),
        KeyBinding(.down, action: .move(.lineDown), in: .completion, "candidate below"),
        KeyBinding(.control("j"), .altEnter, action: .edit(.newLine), in: .editing, "new line"),
        KeyBinding(.up, action: .edit(.up), in: .editing, "line above; in the first one: older prompt"),
        KeyBinding(.down, action: .edit(.down), in: .editing, "line below; in the last one: newer prompt"),
        KeyBinding(.left, .control("b"), action: .edit(.left), in: .editing, "character to the left"),
        KeyBinding(.right, .control("f"), action: .edit(.right), in: .editing, "character to the right"),
        KeyBinding(.alt("b"), action: .edit(.wordLeft), in: .editing, "word to the left"),
        KeyBinding(.alt("f"), action: .edit(.wordRight), in: .editing, "word to the right"),
        KeyBinding(.home, .control("a"), action: .edit(.lineStart), in: .editing, "start of the line"),
        KeyBinding(.end, .control("e"), action: .edit(.lineEnd), in: .editing, "end of the line"),
        KeyBinding(.backspace, action: .edit(.deleteBackward), in: .editing, "delete to the left"),
        KeyBinding(.delete, .control("d"), action: .edit(.deleteForward), in: .editing, "delete to the right"),
        KeyBinding(.control("u"), action: .edit(.killToLineStart), in: .editing, "cut to the start of the line"),
        KeyBinding(.control("k"), action: .edit(.killToLineEnd), in: .editing, "cut to the end of the line"),
        KeyBinding(.control("w"), action: .edit(.killWordBackward), in: .editing, "cut the word to the left"),
        KeyBinding(.alt("d"), action: .edit(.killWordForward), in: .editing, "cut the word to the right"),
        KeyBinding(.control("y"), action: .edit(.yank), in: .editing, "paste what was cut"),
    ]

    static let reading: [KeyBinding] = [
        KeyBinding(.up, action: .move(.lineUp), in: .list, "up"),
        KeyBinding(.down, action: .move(.lineDown), in: .list, "down"),
        KeyBinding(.pageUp, action: .move(.pageUp), in: .list, "page up"),
        KeyBinding(.pageDown, action: .move(.pageDown), in: .list, "page down"),
        KeyBinding(.home, action: .move(.top), in: .list, "beginning"),
        KeyBinding(.end, action: .move(.bottom), in: .list, "end; an answer is followed from there"),
        KeyBinding(.enter, action: .choose, in: .list, "choose; in an answer: back to the prompt"),
        KeyBinding(.character("i"), action: .inspect, in: .answer, "step through it, token by token"),
        KeyBinding(.character("y"), action: .copyAnswer, in: .answer, "copy it to the clipboard"),
        KeyBinding(.character("z"), action: .zoom, in: .answer, "give it the whole screen"),
        KeyBinding(.character("r"), action: .regenerate, in: .answer, "answer once more"),
        KeyBinding(.character("u"), action: .undo, in: .answer, "bring the former answer back"),
        KeyBinding(.character("p"), action: .renderedPrompt, in: .answer, "what its model saw"),
        KeyBinding(.character("x"), action: .swapPanes, in: .answer, "change places with the next pane"),
        KeyBinding(.character("k"), action: .move(.lineUp), in: .outsideText, "up"),
        KeyBinding(.character("j"), action: .move(.lineDown), in: .outsideText, "down"),
        KeyBinding(.character("b"), action: .move(.pageUp), in: .outsideText, "page up"),
        KeyBinding(.character(" "), action: .move(.pageDown), in: .outsideText, "page down"),
        KeyBinding(.character("g"), action: .move(.top), in: .outsideText, "beginning"),
        KeyBinding(.character("G"), action: .move(.bottom), in: .outsideText, "end"),
        KeyBinding(.character("?"), action: .help, in: .outsideText, "help"),
    ]

    static let comparing: [KeyBinding] = [
        KeyBinding(.right, .character("l"), action: .nextToken, in: .inspector, "next token"),
        KeyBinding(.left, .character("h"), action: .previousToken, in: .inspector, "previous token"),
        KeyBinding(.home, .character("g"), action: .move(.top), in: .inspector, "first token"),
        KeyBinding(.end, .character("G"), action: .move(.bottom), in: .inspector, "last token"),
        KeyBinding(.pageDown, .character(" "), action: .move(.pageDown), in: .inspector, "ten tokens on"),
        KeyBinding(.pageUp, .character("b"), action: .move(.pageUp), in: .inspector, "ten tokens back"),
        KeyBinding(.down, .character("j"), action: .nextAlternative, in: .inspector, "next alternative"),
        KeyBinding(.up, .character("k"), action: .previousAlternative, in: .inspector, "previous alternative"),
        KeyBinding(.enter, action: .branch, in: .inspector, "go on with this alternative"),
        KeyBinding(.character("d"), action: .inspectDivergence, in: .inspector, "where the answers part"),
        KeyBinding(.character("c"), action: .nextHeat, in: .inspector, "colours: likelihood, latency, none"),
        KeyBinding(.tab, action: .otherPane, in: .inspector, "the same place in the next pane"),
        KeyBinding(.left, .character("h"), action: .vote(.left), in: .vote, "the left answer is better"),
        KeyBinding(.right, .character("l"), action: .vote(.right), in: .vote, "the right answer is better"),
        KeyBinding(.character("t"), .character("="), action: .vote(.tie), in: .vote, "a tie"),
        KeyBinding(.character("b"), .character("0"), action: .vote(.bothBad), in: .vote, "both are bad"),
        KeyBinding(.up, .pageUp, action: .move(.pageUp), in: .vote, "scroll both answers up"),
        KeyBinding(.down, .pageDown, action: .move(.pageDown), in: .vote, "scroll both answers down"),
    ]

    static let working: [KeyBinding] = [
        KeyBinding(.tab, action: .nextTab, in: .workbench, "examples, or the report"),
        KeyBinding(.character("a"), action: .showAllRows, in: .workbench, "all examples"),
        KeyBinding(.character("d"), action: .showDisagreements, in: .workbench, "those that the sides disagree on"),
        KeyBinding(.character("m"), action: .showMistakes, in: .workbench, "those that a side got wrong"),
        KeyBinding(.character("e"), action: .exportReport, in: .workbench, "write the report to a file"),
        KeyBinding(.character("x"), action: .stopTask, in: .workbench, "stop; the same task can go on later"),
    ]

    static let dialogs: [KeyBinding] = [
        KeyBinding(.tab, .left, .right, action: .otherPane, in: .models, "choose for the next pane"),
        KeyBinding(.delete, .character("x"), action: .stopPull, in: .models, "stop the pull"),
        KeyBinding(.character("/"), action: .filterModels, in: .models, "find by name, format or place"),
        KeyBinding(.character("r"), action: .refreshModels, in: .models, "look again"),
        KeyBinding(.tab, action: .otherPane, in: .form, "of the next pane, or of all; of a task: next line"),
        KeyBinding(.right, action: .increase, in: .form, "more, or the next choice"),
        KeyBinding(.left, action: .decrease, in: .form, "less, or the former choice"),
        KeyBinding(.backspace, action: .edit(.deleteBackward), in: .form, "delete to the left"),
        KeyBinding(.control("u"), action: .edit(.killToLineStart), in: .form, "empty the value"),
        KeyBinding(.backspace, action: .edit(.deleteBackward), in: .search, "delete to the left"),
        KeyBinding(.control("u"), action: .edit(.killToLineStart), in: .search, "empty the search"),
        KeyBinding(.tab, action: .otherPane, in: .systemPrompt, "of the next pane, or of all"),
        KeyBinding(.enter, action: .choose, in: .systemPrompt, "use it from now on"),
        KeyBinding(.tab, action: .otherPane, in: .page, "the same of the next pane"),
    ]
}
