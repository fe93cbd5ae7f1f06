import Chat
import ChatTestSupport
import Testing

@testable import Server

@Suite struct AnswerReaderTests {
    private func pieces(
        _ words: [String], stops: [String] = [], end: FinishReason = .stop
    ) -> (pieces: [AnswerReader.Piece], reader: AnswerReader) {
        var reader = AnswerReader(stops: stops, profile: .scripted())
        var pieces: [AnswerReader.Piece] = []
        let events = words.enumerated().map { index, word in
            ChatEvent.token(ChatToken(id: index, text: word, logprob: -1, at: .milliseconds(index)))
        }
        for event in events + [.finished(end, at: .seconds(1))] {
            if let piece = reader.take(event) { pieces.append(piece) }
        }
        return (pieces, reader)
    }

    @Test("tokens come with their text, and those without text with the next that has some")
    func tokens() {
        let (pieces, reader) = pieces(["a", "", "é", "b", ""])
        #expect(pieces.map(\.text) == ["a", "é", "b"])
        #expect(
            pieces.map { $0.tokens.compactMap(\.id) } == [[0], [1, 2], [3]],
            "the one that ends the answer is none of it")
        #expect(reader.finish == "stop" && reader.text == "aéb")
        #expect(reader.metrics.generatedTokens == 5)
    }

    @Test("tokens of a stop string are held back with its text, and are never sent if it is one")
    func stopped() {
        let (pieces, reader) = pieces(["one ", "t", "w", "o", " three"], stops: ["two"])
        #expect(pieces.map(\.text).joined() == "one ")
        #expect(pieces.flatMap(\.tokens).compactMap(\.id) == [0])
        #expect(reader.finish == "stop")
        #expect(reader.metrics.generatedTokens == 4, "what came after the end isn't counted")
    }

    @Test("a token that a stop string begins within is sent, its text is cut")
    func cutToken() {
        let (pieces, _) = pieces(["on", "e!two"], stops: ["two"])
        #expect(pieces.map(\.text) == ["on", "e!"])
        #expect(pieces.map { $0.tokens.compactMap(\.id) } == [[0], [1]])
    }

    @Test("what was held back for nothing comes at the end")
    func heldBack() {
        let (pieces, reader) = pieces(["a", "tw"], stops: ["two"], end: .length)
        #expect(pieces.map(\.text) == ["a", "tw"])
        #expect(pieces.last?.tokens.compactMap(\.id) == [1])
        #expect(reader.finish == "length")
    }

    @Test(
        "a full context is a length",
        arguments: [(FinishReason.contextFull, "length"), (.length, "length"), (.stop, "stop")])
    func finish(reason: FinishReason, expected: String) {
        #expect(pieces(["a"], end: reason).reader.finish == expected)
    }
}
