import Screen
import Testing

@Suite struct KeyNameTests {
    static let keys: [Key] =
        [
            .enter, .altEnter, .tab, .backTab, .escape, .backspace, .delete, .up, .down, .left, .right, .home, .end,
            .pageUp, .pageDown, .character(" "), .character("g"), .character("G"), .character("?"), .character("ß"),
            .character("日"), .character("+"), .control("a"), .control("z"), .control(" "), .control("_"),
            .control("\\"), .alt("b"), .alt("B"), .alt("."), .alt(" "), .alt("é"), .alt("É"), .alt("ß"), .alt("+"),
        ] + (1...12).map { .function($0) }

    @Test(arguments: keys) func aNameLeadsBackToItsKey(_ key: Key) {
        #expect(!key.name.isEmpty)
        #expect(Key(name: key.name) == key)
    }

    @Test func namesAreTheirKeysAlone() {
        #expect(Set(Self.keys.map(\.name)).count == Self.keys.count)
    }

    @Test(arguments: [
        ("Ctrl+O", Key.control("o")), ("ctrl+o", .control("o")), ("CTRL+SPACE", .control(" ")), ("pgup", .pageUp),
        ("f5", .function(5)), ("alt+b", .alt("b")), ("Alt+Shift+b", .alt("B")), ("shift+tab", .backTab),
        ("space", .character(" ")), ("a", .character("a")), ("A", .character("A")),
    ])
    func wordsMayBeWrittenInAnyCase(name: String, key: Key) {
        #expect(Key(name: name) == key)
    }

    @Test(arguments: [
        "", "Ctrl", "Ctrl+", "Ctrl+M", "Ctrl+I", "Ctrl+H", "Ctrl+[", "Ctrl+1", "Ctrl+é", "Ctrl+Up", "Alt+Shift+1", "F0",
        "F13", "F01", "PageUp ", "ab", "\u{1B}", "\n", "\u{202E}", "Meta+x", "Alt+ab",
    ])
    func othersAreRefused(name: String) {
        #expect(Key(name: name) == nil)
    }
}
