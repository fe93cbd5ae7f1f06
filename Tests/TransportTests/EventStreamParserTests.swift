import Testing
import Transport

@Suite struct EventStreamParserTests {
    private typealias Output = EventStreamParser.Output

    private static func event(_ data: String, type: String = "message") -> EventStreamParser.Output {
        .event(EventStreamParser.Event(type: type, data: data))
    }

    /// A stream, and what it says.
    private static let streams: [(text: String, output: [EventStreamParser.Output])] = [
        ("data: a\n\n", [event("a")]),
        ("data: a\r\n\r\n", [event("a")]),
        ("data: a\r\r", [event("a")]),
        ("data: a\r\n\ndata: b\n\r\n", [event("a"), event("b")]),
        ("data:a\n\ndata:  b\n\n", [event("a"), event(" b")]),
        ("data: one\ndata: two\ndata\ndata: four\n\n", [event("one\ntwo\n\nfour")]),
        (": a remark\ndata: a\n:\n\n", [.comment("a remark"), .comment(""), event("a")]),
        ("event: error\ndata: {\"a\": 1}\n\ndata: b\n\n", [event("{\"a\": 1}", type: "error"), event("b")]),
        ("id: 7\nretry: 1000\nnonsense\ndata: a\nunknown: x\n\n", [event("a")]),
        ("\u{FEFF}data: a\n\n", [event("a")]),
        ("\n\n\n: \n\n", [.comment("")]),
        ("event: nothing\n\ndata: a\n\n", [event("a")]),
        ("data: {\"x\":\"é—🙂\"}\n\ndata: [DONE]\n\n", [event("{\"x\":\"é—🙂\"}"), event("[DONE]")]),
        ("data: a: b: c\n\n", [event("a: b: c")]),
        ("data:\n\n", [event("")]),
    ]

    private func parse(_ pieces: [[UInt8]]) throws -> [EventStreamParser.Output] {
        var parser = EventStreamParser()
        return try pieces.flatMap { try parser.append($0) } + parser.finish()
    }

    @Test(arguments: streams)
    func isReadWhole(_ text: String, _ output: [EventStreamParser.Output]) throws {
        #expect(try parse([Array(text.utf8)]) == output)
    }

    /// Wherever the bytes are cut, in the middle of characters and of line ends too, and byte by byte.
    @Test(arguments: streams)
    func isReadInAnyPieces(_ text: String, _ output: [EventStreamParser.Output]) throws {
        let bytes = Array(text.utf8)
        for cut in 0...bytes.count {
            #expect(try parse([Array(bytes[..<cut]), Array(bytes[cut...])]) == output, "cut at \(cut)")
        }
        #expect(try parse(bytes.map { [$0] }) == output)
        #expect(try parse(bytes.flatMap { [[], [$0]] }) == output)
    }

    @Test func whatComesIsToldAtOnce() throws {
        var parser = EventStreamParser()
        #expect(try parser.append("data: a\n".utf8) == [])
        #expect(try parser.append("\nda".utf8) == [Self.event("a")])
        #expect(try parser.append("ta: b\r".utf8) == [])
        #expect(try parser.append("\n\r".utf8) == [Self.event("b")])
        #expect(try parser.append("\ndata: c".utf8) == [])
        #expect(parser.finish() == [Self.event("c")])
        #expect(parser.finish() == [])
    }

    @Test func nothingLeftIsNothingSaid() throws {
        #expect(try parse([]) == [])
        #expect(try parse([Array("event: end\n".utf8)]) == [])
    }

    @Test func brokenTextIsMended() throws {
        #expect(
            try parse([Array("data: ".utf8) + [0xFF, 0x80] + Array("\n\n".utf8)]) == [Self.event("\u{FFFD}\u{FFFD}")])
    }

    @Test func anEventWithoutEndIsRefused() {
        var parser = EventStreamParser(limit: 1000)
        #expect(throws: EventStreamParser.TooLong.self) {
            for _ in 0..<100 { _ = try parser.append("data: 0123456789\n".utf8) }
        }
        var other = EventStreamParser(limit: 1000)
        #expect(throws: EventStreamParser.TooLong.self) {
            _ = try other.append([UInt8](repeating: 0x61, count: 1001))
        }
    }

    /// Streams put together by chance, with each way to end lines, read in pieces of chance sizes.
    @Test func chanceStreamsAreReadTheSameInAnyPieces() throws {
        var random = SystemRandomNumberGenerator()
        let lines = ["data: x", "data:", ": c", "event: e", "", "", "nonsense", "data: é🙂", "id: 1"]
        let ends = ["\n", "\r", "\r\n"]
        for _ in 0..<500 {
            let text = (0..<Int.random(in: 1...30, using: &random)).map { _ in
                lines.randomElement(using: &random)! + ends.randomElement(using: &random)!
            }.joined()
            let bytes = Array(text.utf8)
            var pieces: [[UInt8]] = []
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = Int.random(in: 1...7, using: &random)
                pieces.append(Array(rest.prefix(count)))
                rest = rest.dropFirst(count)
            }
            #expect(try parse(pieces) == parse([bytes]), "\(text.debugDescription)")
        }
    }
}
