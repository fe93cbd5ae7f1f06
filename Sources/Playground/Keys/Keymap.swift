import Screen

/// Every key of the playground, one row a binding.
///
/// Ctrl+M, Ctrl+I and Ctrl+H can't be bound: terminals send Enter, Tab and Backspace for them. Each function key has a
/// Ctrl key beside it, for terminals and keyboards that keep function keys to themselves.
public enum Keymap {
    public static let bindings: [KeyBinding] = everywhere + writing + reading + dialogs

    /// What a key does, in the first context that knows it.
    static func action(for key: Key, in contexts: [KeyContext]) -> Action? {
        for context in contexts {
            if let binding = bindings.first(where: { $0.context == context && $0.keys.contains(key) }) {
                return binding.action
            }
        }
        return nil
    }

    private static let everywhere: [KeyBinding] = [
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
        KeyBinding(.function(6), .control("v"), action: .nextTheme, in: .everywhere, "next theme", hint: "theme"),
        KeyBinding(
            .function(7), .control("n"), action: .newConversation, in: .everywhere, "new conversation", hint: "new"),
        KeyBinding(
            .function(8), .control("r"), action: .toggleSpeculation, in: .everywhere,
            "guess tokens and check several at once, or not", hint: "speculation"),
        KeyBinding(.tab, action: .focusNext, in: .everywhere, "next part of the screen"),
        KeyBinding(.backTab, action: .focusPrevious, in: .everywhere, "previous part of the screen"),
        KeyBinding(.escape, action: .cancel, in: .everywhere, "close the dialog, or stop both answers"),
        KeyBinding(.control("c"), action: .interrupt, in: .everywhere, "stop; twice: leave"),
        KeyBinding(.control("z"), action: .suspend, in: .everywhere, "back to the shell for a while"),
        KeyBinding(.control("l"), action: .redraw, in: .everywhere, "draw the screen anew"),
    ]

    private static let writing: [KeyBinding] = [
        KeyBinding(.enter, action: .send, in: .prompt, "send to both models"),
        KeyBinding(
            .control("d"), action: .deleteOrExit, in: .prompt, "delete; on an empty prompt: leave", hint: "leave"),
        KeyBinding(.pageUp, action: .move(.pageUp), in: .prompt, "scroll all answers up"),
        KeyBinding(.pageDown, action: .move(.pageDown), in: .prompt, "scroll all answers down"),
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

    private static let reading: [KeyBinding] = [
        KeyBinding(.up, action: .move(.lineUp), in: .list, "up"),
        KeyBinding(.down, action: .move(.lineDown), in: .list, "down"),
        KeyBinding(.pageUp, action: .move(.pageUp), in: .list, "page up"),
        KeyBinding(.pageDown, action: .move(.pageDown), in: .list, "page down"),
        KeyBinding(.home, action: .move(.top), in: .list, "beginning"),
        KeyBinding(.end, action: .move(.bottom), in: .list, "end; an answer is followed from there"),
        KeyBinding(.enter, action: .choose, in: .list, "choose; in an answer: back to the prompt"),
        KeyBinding(.character("k"), action: .move(.lineUp), in: .outsideText, "up"),
        KeyBinding(.character("j"), action: .move(.lineDown), in: .outsideText, "down"),
        KeyBinding(.character("b"), action: .move(.pageUp), in: .outsideText, "page up"),
        KeyBinding(.character(" "), action: .move(.pageDown), in: .outsideText, "page down"),
        KeyBinding(.character("g"), action: .move(.top), in: .outsideText, "beginning"),
        KeyBinding(.character("G"), action: .move(.bottom), in: .outsideText, "end"),
        KeyBinding(.character("?"), action: .help, in: .outsideText, "help"),
    ]

    private static let dialogs: [KeyBinding] = [
        KeyBinding(.tab, .left, .right, action: .otherPane, in: .models, "choose for the other pane"),
        KeyBinding(.delete, .character("x"), action: .stopPull, in: .models, "stop the pull"),
        KeyBinding(.character("r"), action: .refreshModels, in: .models, "look again"),
        KeyBinding(.tab, action: .move(.lineDown), in: .form, "next parameter"),
        KeyBinding(.backTab, action: .move(.lineUp), in: .form, "previous parameter"),
        KeyBinding(.right, action: .increase, in: .form, "more"),
        KeyBinding(.left, action: .decrease, in: .form, "less"),
        KeyBinding(.backspace, action: .edit(.deleteBackward), in: .form, "delete to the left"),
        KeyBinding(.control("u"), action: .edit(.killToLineStart), in: .form, "empty the value"),
        KeyBinding(.backspace, action: .edit(.deleteBackward), in: .palette, "delete to the left"),
        KeyBinding(.control("u"), action: .edit(.killToLineStart), in: .palette, "empty the search"),
        KeyBinding(.enter, action: .choose, in: .systemPrompt, "use it from now on"),
    ]
}
