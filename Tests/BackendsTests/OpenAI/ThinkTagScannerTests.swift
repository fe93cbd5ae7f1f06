import Chat
import Testing

@testable import Backends

@Suite struct ThinkTagScannerTests {
    /// A text, its thoughts and its answer.
    private static let texts: [(text: String, thoughts: String, answer: String)] = [
        ("Four.", "", "Four."),
        ("<think>two and two</think>Four.", "two and two", "Four."),
        ("\n <think>\ntwo\n</think>\n\nFour.\n", "two\n", "Four.\n"),
        ("<thinking>hm</thinking> yes", "hm", "yes"),
        ("<think></think>\n\nFour.", "", "Four."),
        ("<think>never ends", "never ends", ""),
        ("<think>a < b </thin </think>c", "a < b </thin ", "c"),
        ("The tag <think>x</think> is text here.", "", "The tag <think>x</think> is text here."),
        ("<thin ice>", "", "<thin ice>"),
        ("<", "", "<"),
        ("<think>a</think>b</think>c<think>d", "a", "b</think>c<think>d"),
        ("   ", "", "   "),
        ("", "", ""),
        ("<think>é🙂</think>🙂", "é🙂", "🙂"),
    ]

    private func scan(_ pieces: [String]) -> (thoughts: String, answer: String) {
        var scanner = ThinkTagScanner()
        let found = pieces.flatMap { scanner.append($0) } + scanner.finish()
        func text(_ channel: ChatToken.Channel) -> String {
            found.filter { $0.channel == channel }.map(\.text).joined()
        }
        #expect(found.allSatisfy { !$0.text.isEmpty })
        return (text(.reasoning), text(.answer))
    }

    /// Whole, cut in two anywhere, and character by character.
    @Test(arguments: texts)
    func tellsThoughtsFromAnswer(_ text: String, _ thoughts: String, _ answer: String) {
        let cuts = text.indices.map { [String(text[..<$0]), String(text[$0...])] }
        for pieces in [[text], text.map { String($0) }] + cuts {
            let found = scan(pieces)
            #expect(found.thoughts == thoughts && found.answer == answer, "\(pieces)")
        }
    }

    @Test func answersAreNotKeptBack() {
        var scanner = ThinkTagScanner()
        #expect(scanner.append("A") == [.init(channel: .answer, text: "A")])
        #expect(scanner.append("<") == [.init(channel: .answer, text: "<")])
    }
}
