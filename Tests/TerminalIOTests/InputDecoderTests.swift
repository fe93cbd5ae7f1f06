import Screen
import ScreenTestSupport
import Testing

@testable import TerminalIO

@Suite struct InputDecoderTests {
    private func decode(_ text: String) -> [InputEvent] {
        var decoder = InputDecoder()
        let events = decoder.feed(text.utf8, at: .zero)
        return events + decoder.expire(at: .seconds(10))
    }

    @Test(arguments: [
        ("a", Key.character("a")), ("é", .character("é")), ("日", .character("日")), ("😀", .character("😀")),
        (" ", .character(" ")), ("e\u{301}", .character("e\u{301}")), ("👩‍👧", .character("👩‍👧")),
        ("\r", .enter), ("\n", .control("j")), ("\t", .tab), ("\u{7F}", .backspace), ("\u{8}", .backspace),
        ("\u{1}", .control("a")), ("\u{3}", .control("c")), ("\u{1A}", .control("z")), ("\u{0}", .control(" ")),
        ("\u{1F}", .control("_")), ("\u{1C}", .control("\\")),
        ("\u{1B}", .escape), ("\u{1B}x", .alt("x")), ("\u{1B}é", .alt("é")), ("\u{1B}[", .alt("[")),
        ("\u{1B}O", .alt("O")), ("\u{1B}\r", .altEnter), ("\u{1B}\n", .altEnter), ("\u{1B}\u{7F}", .control("w")),
        ("\u{1B}[A", .up), ("\u{1B}OA", .up), ("\u{1B}[B", .down), ("\u{1B}OC", .right), ("\u{1B}[D", .left),
        ("\u{1B}[1;5C", .alt("f")), ("\u{1B}[1;3D", .alt("b")), ("\u{1B}[1;2A", .up), ("\u{1B}Od", .alt("b")),
        ("\u{1B}[H", .home), ("\u{1B}OH", .home), ("\u{1B}[1~", .home), ("\u{1B}[7~", .home),
        ("\u{1B}[F", .end), ("\u{1B}OF", .end), ("\u{1B}[4~", .end), ("\u{1B}[8~", .end),
        ("\u{1B}[5~", .pageUp), ("\u{1B}[6~", .pageDown), ("\u{1B}[3~", .delete), ("\u{1B}[3;5~", .alt("d")),
        ("\u{1B}[Z", .backTab), ("\u{1B}OP", .function(1)), ("\u{1B}OS", .function(4)), ("\u{1B}[11~", .function(1)),
        ("\u{1B}[15~", .function(5)), ("\u{1B}[17~", .function(6)), ("\u{1B}[21~", .function(10)),
        ("\u{1B}[23~", .function(11)), ("\u{1B}[24~", .function(12)), ("\u{1B}[[A", .function(1)),
        ("\u{1B}[[E", .function(5)), ("\u{1B}[1;2P", .function(1)), ("\u{1B}[15;5~", .function(5)),
        ("\u{1B}[13;2u", .altEnter), ("\u{1B}[27;3;13~", .altEnter), ("\u{1B}[13u", .enter), ("\u{1B}[9;2u", .backTab),
        ("\u{1B}[97;5u", .control("a")), ("\u{1B}[97;3u", .alt("a")), ("\u{1B}[27u", .escape), ("\u{1B}OM", .enter),
    ])
    func aKeyIsWhatItsBytesSay(bytes: String, key: Key) {
        #expect(decode(bytes) == [.key(key)])
    }

    @Test(arguments: [
        "\u{1B}[?1;2c", "\u{1B}[I", "\u{1B}[O", "\u{1B}[<0;3;4m", "\u{1B}[<32;3;4M", "\u{1B}[<1;3;4M", "\u{1B}[<2;3;4M",
        "\u{1B}[<66;3;4M", "\u{1B}[<128;3;4M", "\u{1B}[<0;0;4M", "\u{1B}[<0;3M", "\u{1B}[<;;M", "\u{1B}[<0;3;4;5M",
        "\u{1B}[<0;99999999;4M", "\u{1B}[M#$%", "\u{1B}[M\u{1}$%", "\u{1B}[2~", "\u{1B}[999~",
        "\u{1B}[99999999999999999999~", "\u{85}", "\u{1B}[0u", "\u{1B}[1114112u", "\u{1B}[1:2:3x",
    ])
    func sequencesWithoutMeaningVanish(bytes: String) {
        #expect(decode(bytes + "x") == [.key(.character("x"))])
    }

    @Test(arguments: [
        "\u{1B}[1;5C", "\u{1B}OP", "日本\u{1B}[A", "\u{1B}\r\u{1B}x", "\u{1B}[200~a\r\nb\u{1B}[201~z", "\u{1B}[[C",
    ])
    func bytesMayComeOneByOne(bytes: String) {
        var decoder = InputDecoder()
        var events: [InputEvent] = []
        for byte in bytes.utf8 { events += decoder.feed([byte], at: .zero) }
        #expect(events + decoder.expire(at: .seconds(10)) == decode(bytes))
    }

    @Test(arguments: [
        ("\u{1B}[<0;3;4M", MouseEvent.press(Point(column: 2, row: 3))),
        ("\u{1B}[<0;1;1M", .press(Point(column: 0, row: 0))),
        ("\u{1B}[<28;223;4M", .press(Point(column: 222, row: 3))),
        ("\u{1B}[<64;10;20M", .wheelUp(Point(column: 9, row: 19))),
        ("\u{1B}[<65;1000;20M", .wheelDown(Point(column: 999, row: 19))),
        ("\u{1B}[<81;5;6M", .wheelDown(Point(column: 4, row: 5))),
        // The older form: a button and two places, each a byte that is 32 more.
        ("\u{1B}[M !\"", .press(Point(column: 0, row: 1))), ("\u{1B}[M`#$", .wheelUp(Point(column: 2, row: 3))),
    ])
    func theMouseIsHeard(bytes: String, event: MouseEvent) {
        #expect(decode("a" + bytes + "x") == [.key(.character("a")), .mouse(event), .key(.character("x"))])
        var decoder = InputDecoder()
        #expect(bytes.utf8.flatMap { decoder.feed([$0], at: .zero) } == [.mouse(event)])
    }

    @Test func aReportThatStopsHalfwayIsForgotten() {
        for bytes in ["\u{1B}[<64;1", "\u{1B}[M ", "\u{1B}[M"] {
            var decoder = InputDecoder()
            #expect(decoder.feed(bytes.utf8, at: .zero).isEmpty)
            #expect(decoder.expire(at: .milliseconds(250)).isEmpty)
            #expect(decoder.feed(Array("1".utf8), at: .seconds(1)) == [.key(.character("1"))])
        }
    }

    @Test func escapeAloneTakesTwentyFiveMilliseconds() {
        var decoder = InputDecoder()
        #expect(decoder.feed([0x1B], at: .seconds(5)).isEmpty)
        #expect(decoder.deadline == .milliseconds(5025))
        #expect(decoder.expire(at: .milliseconds(5024)).isEmpty)
        #expect(decoder.expire(at: .milliseconds(5025)) == [.key(.escape)])
        #expect(decoder.deadline == nil)
        // An x that follows later is an x.
        #expect(decoder.feed(Array("x".utf8), at: .seconds(6)) == [.key(.character("x"))])
    }

    @Test func escapeTwiceIsEscapeTwice() {
        #expect(decode("\u{1B}\u{1B}") == [.key(.escape), .key(.escape)])
        #expect(decode("\u{1B}\u{3}") == [.key(.escape), .key(.control("c"))])
    }

    @Test func aSequenceThatStopsHalfwayIsForgotten() {
        var decoder = InputDecoder()
        #expect(decoder.feed(Array("\u{1B}[1;".utf8), at: .zero).isEmpty)
        #expect(decoder.expire(at: .milliseconds(249)).isEmpty)
        #expect(decoder.expire(at: .milliseconds(250)).isEmpty)
        #expect(decoder.feed(Array("C".utf8), at: .seconds(1)) == [.key(.character("C"))])
    }

    @Test func aSequenceThatNeverEndsIsForgotten() {
        let events = decode("\u{1B}[" + String(repeating: "1;", count: 5000) + "Ax")
        #expect(events.last == .key(.character("x")))
    }

    @Test func invalidUnicodeIsShown() {
        var decoder = InputDecoder()
        let replacement = InputEvent.key(.character("\u{FFFD}"))
        #expect(decoder.feed([0xFF, 0x61], at: .zero) == [replacement, .key(.character("a"))])
        #expect(decoder.feed([0xE6, 0x97, 0x61], at: .zero) == [replacement, .key(.character("a"))])
        // A surrogate, encoded.
        #expect(decoder.feed([0xED, 0xA0, 0x80], at: .zero).allSatisfy { $0 == replacement })
        #expect(decoder.feed([0xE6, 0x97], at: .zero).isEmpty)
        #expect(decoder.expire(at: .seconds(1)) == [replacement])
    }

    @Test(arguments: [
        ("one line", "one line"), ("a\rb\r\nc\nd", "a\nb\nc\nd"), ("", ""),
        ("\u{1B}[31mred\u{3}", "\u{1B}[31mred\u{3}"),
        ("日本語 👩‍👧", "日本語 👩‍👧"), ("\u{1B}[201", "\u{1B}[201"),
    ])
    func aPasteIsOnePiece(pasted: String, expected: String) {
        #expect(
            decode("x\u{1B}[200~\(pasted)\u{1B}[201~y") == [
                .key(.character("x")), .paste(expected), .key(.character("y")),
            ])
    }

    @Test func aPasteIsCutAtItsLimit() {
        let events = decode("\u{1B}[200~" + String(repeating: "ab", count: InputDecoder.pasteLimit) + "\u{1B}[201~q")
        #expect(events.count == 2)
        guard case .paste(let text) = events.first else {
            Issue.record("not a paste: \(events.count) events")
            return
        }
        #expect(text.utf8.count == InputDecoder.pasteLimit)
        #expect(events.last == .key(.character("q")))
    }

    @Test func aPasteWhoseEndIsLostEnds() {
        var decoder = InputDecoder()
        #expect(decoder.feed(Array("\u{1B}[200~abc".utf8), at: .zero).isEmpty)
        #expect(decoder.expire(at: .seconds(2)) == [.paste("abc")])
        #expect(decoder.feed(Array("d".utf8), at: .seconds(3)) == [.key(.character("d"))])
    }

    @Test(arguments: 0..<200)
    func randomBytesNeverHangOrCrash(seed: UInt64) {
        var generator = Seeded(state: seed)
        var decoder = InputDecoder()
        let likely: [UInt8] = [0x1B, 0x5B, 0x4F, 0x3B, 0x32, 0x7E, 0x30, 0xE6, 0x97]
        for step in 0..<300 {
            let byte =
                Bool.random(using: &generator)
                ? likely.randomElement(using: &generator) ?? 0 : UInt8.random(in: 0...255, using: &generator)
            _ = decoder.feed([byte], at: .milliseconds(step))
        }
        _ = decoder.expire(at: .seconds(100))
        #expect(decoder.feed(Array("k".utf8), at: .seconds(101)) == [.key(.character("k"))])
    }
}
