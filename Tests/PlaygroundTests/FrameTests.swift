import Chat
import Foundation
import PlaygroundTestSupport
import Reports
import Screen
import ScreenTestSupport
import Testing

@testable import Playground

/// Whole screens, as text, in `Frames/`. A change of the screen shows as a change of these files.
@Suite struct FrameTests {
    static let sizes = [
        Size(columns: 80, rows: 24), Size(columns: 120, rows: 40), Size(columns: 200, rows: 60),
        Size(columns: 64, rows: 24), Size(columns: 50, rows: 40), Size(columns: 40, rows: 12),
    ]

    @Test(arguments: sizes) func finishedComparison(_ size: Size) throws {
        try expect(PlaygroundSample.state(size: size), "finished-\(size.columns)x\(size.rows)")
    }

    @Test(arguments: [Key.function(1), .function(2), .function(3), .function(4), .control("o")], [80, 120])
    func dialogs(_ key: Key, _ columns: Int) throws {
        let size = Size(columns: columns, rows: columns == 80 ? 24 : 40)
        var driver = PlaygroundSample.finished(size: size)
        driver.send(.modelsListed(PlaygroundSample.listings))
        driver.press(key)
        try expect(driver.state, "dialog-\(key.name)-\(columns)x\(size.rows)")
    }

    @Test("what guesses brought is seen in full, whatever the width", arguments: [64, 80, 120])
    func speculating(columns: Int) {
        var driver = PlaygroundSample.ready(size: Size(columns: columns, rows: 24))
        driver.type("Again")
        driver.press(.enter)
        driver.chat(
            0, .prompt(PromptSummary(tokens: 8, cachedTokens: 0)), .token(ChatToken(text: "Yes", at: .seconds(1))),
            .speculation(
                SpeculationFigures(drafted: 144, accepted: 101, passes: 60, tokens: 161, estimatedSpeedup: 1.62)))
        let text = render(driver.state).text()
        #expect(text.contains("~1.62x · 101 accepted 43 rejected") == (columns > 64))
        #expect(text.contains("~1.62x"))
        #expect(text.contains("43 rejected · 2.7 a pass") == (columns == 120))
    }

    @Test func opening() throws {
        var driver = PlaygroundSample.starting()
        driver.send(.started)
        driver.send(.load(driver.loads[0].id, .progress(0.42)))
        driver.send(
            .load(
                driver.loads[1].id,
                .failed("qwen2.5-coder-1.5b-instruct is not on disk; pull it with F2, or 'diptych models pull'")))
        try expect(driver.state, "opening-80x24")
    }

    @Test func ready() throws {
        try expect(PlaygroundSample.ready().state, "ready-80x24")
    }

    @Test func streaming() throws {
        var driver = PlaygroundSample.ready()
        driver.type("Count to five.")
        driver.press(.enter)
        driver.play(
            "one, two, three,", in: 0, prompt: PromptSummary(tokens: 34, cachedTokens: 20),
            firstToken: .milliseconds(48), gaps: [.milliseconds(12)], memory: PlaygroundSample.smallMemory, finish: nil)
        try expect(driver.state, "streaming-80x24")
    }

    @Test func readingALongPromptTogether() throws {
        var driver = PlaygroundSample.ready(settings: Settings(isConcurrent: true))
        driver.send(.input(.paste("A long text,\nwith lines,\nin several scripts: 日本語, ελληνικά.\nWhat is it about?")))
        driver.press(.enter)
        driver.chat(0, .prompt(PromptSummary(tokens: 1211, cachedTokens: 0)))
        driver.chat(0, .prefill(computed: 512, of: 1211, at: .milliseconds(900)))
        try expect(driver.state, "reading-80x24")
    }

    @Test func stoppedFailedAndBase() throws {
        var driver = PlaygroundSample.starting()
        driver.send(.started)
        driver.open(PlaygroundSample.baseProfile, PlaygroundSample.largeProfile)
        driver.type("Once upon a time")
        driver.press(.enter)
        driver.play(
            " there was a king who had", in: 0, prompt: PromptSummary(tokens: 5, cachedTokens: 0),
            firstToken: .milliseconds(31), gaps: [.milliseconds(14)], finish: .length)
        driver.send(
            .run(
                driver.runs[1].id,
                .failed("the prompt has 5120 tokens and the context 4096; shorten it, or raise the context with F3")))
        driver.type("And then?")
        driver.press(.enter)
        driver.play(
            " The king", in: 0, prompt: PromptSummary(tokens: 17, cachedTokens: 10), firstToken: .milliseconds(21),
            gaps: [.milliseconds(14)], finish: nil)
        driver.press(.escape)
        try expect(driver.state, "stopped-80x24")
    }

    @Test func longPromptWhileTyping() throws {
        var driver = PlaygroundSample.finished()
        driver.press(.control("u"))
        driver.type("first line")
        for line in 2...6 {
            driver.press(.control("j"))
            driver.type("line \(line)")
        }
        try expect(driver.state, "prompt-80x24")
    }

    @Test func withASCIIOnly() throws {
        let state = PlaygroundSample.state(appearance: Appearance(asciiOnly: true))
        try expect(state, "ascii-80x24")
        #expect(render(state).text().allSatisfy { $0.isASCII })
    }

    @Test func untrustedTextNeverReachesTheScreenRaw() {
        var driver = PlaygroundSample.ready()
        driver.type("x")
        driver.press(.enter)
        driver.chat(0, .token(ChatToken(text: "a\u{1B}[31mred\u{7}\u{202E}", at: .milliseconds(1))))
        driver.send(.run(driver.runs[0].id, .failed("bad \u{1B}]0;title\u{7} name")))
        let text = render(driver.state).text()
        #expect(text.contains("a␛[31mred␇⟨202E⟩"))
        #expect(text.unicodeScalars.allSatisfy { $0.value >= 0x20 || $0 == "\n" })
    }

    /// What the specification asks of 80x24, by name.
    @Test func everythingIsOnAnEightyByTwentyFourScreen() {
        let text = render(PlaygroundSample.state()).text()
        for wanted in [
            "small smollm2-135m-instruct Q4_1", "large qwen2.5-coder-1.5b", "Q4_K_M", "TTFT", "decode", "prefill",
            "tok/s", "ITL p50", "p95", "p99", "█", "stalls", "load", "memory", "weights 98.3/98.4 MB", "KV cache",
            "scratch", "context 92/4096", "prompt 41 tok", "And at sunset?", "F1 help", "sequential",
            "small: 7.4x faster to first token, 7.1x tokens/s, 6.2x less memory",
        ] {
            #expect(text.contains(wanted), "\(wanted)")
        }
    }

    private func expect(
        _ state: State, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Frames/\(name).txt")
        try expectText(render(state).text() + "\n", matchesFileAt: file, sourceLocation: sourceLocation)
    }
}
