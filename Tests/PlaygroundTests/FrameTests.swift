import Chat
import Foundation
import PlaygroundTestSupport
import Screen
import ScreenTestSupport
import Testing

@testable import Playground

/// Whole screens, as text, in `Frames/`. A change of the screen shows as a change of these files.
@Suite struct FrameTests {
    static let sizes = [
        Size(columns: 40, rows: 12), Size(columns: 80, rows: 24), Size(columns: 120, rows: 40),
        Size(columns: 200, rows: 60),
    ]

    @Test(arguments: PlaygroundSample.states.map(\.name), sizes)
    func everyViewLooksAsRecorded(_ name: String, _ size: Size) throws {
        let state = try #require(PlaygroundSample.states.first { $0.name == name }).state(size)
        let file = Self.folder.appending(path: "\(name)-\(size.columns)x\(size.rows).txt")
        try expectText(render(state).text() + "\n", matchesFileAt: file)
    }

    @Test func noFileIsLeftOver() throws {
        let names = PlaygroundSample.states.flatMap { state in
            Self.sizes.map { "\(state.name)-\($0.columns)x\($0.rows).txt" }
        }
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path())
        #expect(Set(files).subtracting(names) == [])
        #expect(Set(names).count == names.count)
    }

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Frames")
}

/// What frames must show, or must never show.
@Suite struct FrameContentTests {
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

    @Test(arguments: PlaygroundSample.states.map(\.name)) func asciiIsEnoughForEveryView(_ name: String) throws {
        var state = try #require(PlaygroundSample.states.first { $0.name == name }).state(Size(columns: 100, rows: 30))
        state.appearance.asciiOnly = true
        let text = render(state).text()
        #expect(text.allSatisfy { $0.isASCII })
        // Nothing is drawn that has no likeness; question marks are the texts' own, and letters of other scripts.
        if name != "reading" {
            let own = render(PlaygroundSample.states.first { $0.name == name }!.state(Size(columns: 100, rows: 30)))
            #expect(text.count { $0 == "?" } == own.text().count { $0 == "?" })
        }
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
}
