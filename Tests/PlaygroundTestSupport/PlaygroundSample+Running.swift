import Chat
import Playground
import Reports
import Screen

extension PlaygroundSample {
    /// A finished comparison with an empty prompt, and all lists filled.
    static func furnished(_ size: Size) -> PlaygroundDriver {
        let names = ["night", "dusk", "day", "paper", "high contrast"]
        let themes = names.map { Theme(name: $0, palette: .monochrome) }
        var driver = finished(size: size, appearance: Appearance(themes: themes))
        driver.press(.control("u"))
        driver.send(.modelsListed(listings))
        driver.send(
            .libraryRead(
                history: ["Summarise the paper in five bullets.", "Translate into Latin:\nThe sky is blue."],
                starters: [
                    StarterPrompt(task: "explain", title: "A thing in plain words", text: "Explain {{thing}}."),
                    StarterPrompt(task: "summarise", title: "Five bullets", text: "Summarise:\n{{text}}"),
                    StarterPrompt(task: "classify", title: "One of these labels", text: "Which of {{labels}}?"),
                    StarterPrompt(task: "code", title: "A function with a test", text: "Write {{function}}."),
                ]))
        return driver
    }

    static func pressing(_ size: Size, _ keys: Key...) -> PlaygroundDriver {
        var driver = furnished(size)
        for key in keys { driver.press(key) }
        return driver
    }

    static func entering(
        _ size: Size, _ text: String, sends: Bool = true, then key: Key? = nil
    ) -> PlaygroundDriver {
        var driver = furnished(size)
        driver.type(text)
        if sends { driver.press(.enter) }
        if let key { driver.press(key) }
        return driver
    }

    /// One model is being opened, the other one can't be.
    static func opening(_ size: Size) -> PlaygroundDriver {
        var driver = starting(size: size)
        driver.send(.started)
        driver.send(.load(driver.loads[0].id, .progress(0.42)))
        driver.send(
            .load(
                driver.loads[1].id,
                .failed("qwen2.5-coder-1.5b-instruct is not on disk; pull it with F2, or 'diptych models pull'")))
        return driver
    }

    static func streaming(_ size: Size) -> PlaygroundDriver {
        var driver = ready(size: size)
        driver.enter("Count to five.")
        driver.play(
            "one, two, three,", in: 0, prompt: PromptSummary(tokens: 34, cachedTokens: 20),
            firstToken: .milliseconds(48), gaps: [.milliseconds(12)], memory: smallMemory, finish: nil)
        return driver
    }

    /// A long prompt is being computed, by both models together.
    static func reading(_ size: Size) -> PlaygroundDriver {
        var driver = ready(size: size, settings: Settings(isConcurrent: true))
        driver.send(.input(.paste("A long text,\nwith lines,\nin several scripts: 日本語, ελληνικά.\nWhat is it about?")))
        driver.press(.enter)
        driver.chat(0, .prompt(PromptSummary(tokens: 1211, cachedTokens: 0)))
        driver.chat(0, .prefill(computed: 512, of: 1211, at: .milliseconds(900)))
        return driver
    }

    /// A base model at its limit and then stopped, beside a model that failed.
    static func stopped(_ size: Size) -> PlaygroundDriver {
        var driver = starting(size: size)
        driver.send(.started)
        driver.open(baseProfile, largeProfile)
        driver.enter("Once upon a time")
        driver.play(
            " there was a king who had", in: 0, prompt: PromptSummary(tokens: 5, cachedTokens: 0),
            firstToken: .milliseconds(31), gaps: [.milliseconds(14)], finish: .length)
        driver.send(
            .run(
                driver.runs[1].id,
                .failed("the prompt has 5120 tokens and the context 4096; shorten it, or raise the context with F3")))
        driver.enter("And then?")
        driver.play(
            " The king", in: 0, prompt: PromptSummary(tokens: 17, cachedTokens: 10), firstToken: .milliseconds(21),
            gaps: [.milliseconds(14)], finish: nil)
        driver.press(.escape)
        return driver
    }

    static func longPrompt(_ size: Size) -> PlaygroundDriver {
        var driver = finished(size: size)
        driver.press(.control("u"))
        driver.type("first line")
        for line in 2...6 {
            driver.press(.control("j"))
            driver.type("line \(line)")
        }
        return driver
    }

    /// More panes beside the default pair, all answered.
    static func more(_ count: Int, _ size: Size) -> PlaygroundDriver {
        var driver = ready(size: size)
        for model in ["gemma3-270m", "smollm2-135m-instruct"].prefix(count) { driver.enter("/add \(model)") }
        driver.open(smallProfile, largeProfile, baseProfile, smallProfile)
        driver.enter("Name the colours of the rainbow.")
        for pane in driver.state.panes.indices {
            let answer = ["Red, orange, yellow, green, blue, indigo and violet.", "Red, orange, and so on."][pane % 2]
            driver.play(
                answer, in: pane, prompt: PromptSummary(tokens: 18, cachedTokens: 0),
                firstToken: .milliseconds(80 * (pane + 1)), gaps: [.milliseconds(12 + 20 * pane)], memory: smallMemory)
        }
        return driver
    }

    static func alone(_ size: Size) -> PlaygroundDriver {
        var driver = PlaygroundDriver(State(size: size, panes: [Pane(role: nil, model: "models/gemma3-270m.gguf")]))
        driver.send(.started)
        driver.open(baseProfile)
        driver.enter("Once upon a time")
        driver.play(
            " there was a king who had three daughters.", in: 0, prompt: PromptSummary(tokens: 5, cachedTokens: 0),
            firstToken: .milliseconds(31), gaps: [.milliseconds(14), .milliseconds(15)], memory: smallMemory)
        return driver
    }

    static func markdown(_ size: Size) -> PlaygroundDriver {
        var driver = ready(size: size)
        driver.enter("How do I reverse a list in C?")
        let answer = """
            ## Reversing a list

            Walk it **once** and turn every `next`:

            ```c
            while (node) { Node *next = node->next; node->next = last; last = node; node = next; }
            ```

            1. It needs *no* memory.
            2. It takes as long as the list is.
            """
        driver.play(
            answer, in: 0, prompt: PromptSummary(tokens: 18, cachedTokens: 0), firstToken: .milliseconds(80),
            gaps: [.milliseconds(12)], memory: smallMemory)
        driver.play(
            "| step | node |\n|---|---|\n| 1 | first |\n| 2 | second |\n\n> That is all.", in: 1,
            prompt: PromptSummary(tokens: 18, cachedTokens: 0), firstToken: .milliseconds(400),
            gaps: [.milliseconds(80)], memory: largeMemory)
        return driver
    }

    /// What a model saw, with its tokens.
    static func seen(_ size: Size) -> PlaygroundDriver {
        var driver = pressing(size, .alt("p"))
        let texts = [
            ("<|im_start|>", true), ("system", false), ("\n", false), ("You are a helpful AI assistant.", false),
            ("<|im_end|>", true), ("\n", false), ("<|im_start|>", true), ("user", false), ("\n", false),
            ("Why", false), (" is", false), (" the", false), (" sky", false), (" blue", false), ("?", false),
            ("<|im_end|>", true), ("\n", false), ("<|im_start|>", true), ("assistant", false), ("\n", false),
        ]
        let pieces = texts.enumerated().map { RenderedPrompt.Piece(id: $0, text: $1.0, isSpecial: $1.1) }
        driver.send(
            .rendered(
                driver.state.panes[0].id,
                .success(
                    RenderedPrompt(
                        pieces: pieces, notes: ["the file has no template; the family's own is used"],
                        contextLength: 4096))))
        return driver
    }
}
