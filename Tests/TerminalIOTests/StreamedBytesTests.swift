import Chat
import Configuration
import Foundation
import Playground
import PlaygroundTestSupport
import Screen
import ScreenTestSupport
import Testing

@testable import TerminalIO

/// What travels while answers come: two models of which one is eight times as fast, on the clock of a script, drawn as
/// often as the program draws.
extension TerminalTests {
    struct Link: Sendable, CustomTestStringConvertible {
        var size: Size
        var term: String
        var colors: String?
        var testDescription: String { "\(size.columns)x\(size.rows) \(term) \(colors ?? "")" }
    }

    static let links = [Size(columns: 80, rows: 24), Size(columns: 120, rows: 40)].flatMap { size in
        ["tmux-256color", "xterm-256color"].flatMap { term in
            [nil, "truecolor"].map { Link(size: size, term: term, colors: $0) }
        }
    }

    /// Bytes a token are allowed on average, and this is a bad case: a model so slow that each token has a frame.
    private static let budget = 120

    @Test(arguments: links) func aStreamedTokenIsCheapOnTheWire(_ link: Link) throws {
        let pseudo = try PseudoTerminal(size: link.size)
        let terminal = try open(pseudo, term: link.term, link.colors.map { ["COLORTERM": $0] } ?? [:])
        defer { terminal.close() }
        let file = ShippedFiles(directories: nil)
        let palette = try ThemeFile(yaml: file.contents(of: "themes/night.yaml"), file: "night.yaml").palette
        var driver = PlaygroundSample.ready(size: link.size)
        driver.type("Tell me a story.")
        driver.press(.enter)
        func draw() -> String {
            sent(to: pseudo) { [state = driver.state] in terminal.draw(render(state), palette: palette) }
        }
        #expect(draw().contains("story"))
        for (pane, gap) in [Duration.microseconds(3500), .microseconds(28_000)].enumerated() {
            let bytes = stream(in: pane, every: gap, &driver) { state in
                sent(to: pseudo) { terminal.draw(render(state), palette: palette) }.utf8.count
            }
            #expect(bytes < Self.budget, "pane \(pane): \(bytes) bytes a token")
            _ = draw()
        }
        // Nothing changes, nothing travels.
        #expect(draw().isEmpty)
    }

    /// A pseudo-terminal holds a few kilobytes: what is sent is taken away meanwhile.
    private func sent(to pseudo: PseudoTerminal, while draw: @escaping @Sendable () -> Void) -> String {
        let thread = Thread(block: draw)
        thread.start()
        var text = ""
        while !thread.isFinished {
            text += pseudo.sent()
            usleep(100)
        }
        return text + pseudo.sent()
    }

    /// Plays an answer of three hundred tokens in a pane.
    /// - Returns: what drawing says each token costs, on average.
    private func stream(
        in pane: Int, every gap: Duration, _ driver: inout PlaygroundDriver, draw: (State) -> Int
    ) -> Int {
        let words = "Once upon a time a keeper lived in a lighthouse by the sea, and every night she lit the lamp."
            .split(separator: " ").map { " " + $0 }
        let tokens = 300
        var random = Seeded(state: 7)
        driver.chat(pane, .prompt(PromptSummary(tokens: 30, cachedTokens: 0)), .prefill(computed: 0, of: 30, at: .zero))
        var (at, drawn, bytes) = (Duration.milliseconds(100), Duration.zero, 0)
        for index in 0..<tokens {
            at += gap * Int.random(in: 90...115, using: &random) / 100
            driver.chat(
                pane,
                .token(ChatToken(id: index, text: index % 60 == 59 ? "\n\n" : words[index % words.count], at: at)))
            guard at - drawn >= .milliseconds(40) else { continue }
            drawn = at
            bytes += draw(driver.state)
        }
        driver.chat(pane, .finished(.stop, at: at))
        return bytes / tokens
    }
}
