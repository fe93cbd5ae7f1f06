import ScreenTestSupport
import Testing

@testable import Screen

@Suite struct WrapTests {
    @Test(arguments: [
        ("", 10, [""]),
        ("one", 10, ["one"]),
        ("one two three", 7, ["one two", "three"]),
        ("one two three", 8, ["one two", "three"]),
        ("one  two", 4, ["one", "two"]),
        ("a\n\nb\n", 10, ["a", "", "b", ""]),
        ("a\r\nb", 10, ["a", "b"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("ab abcdefghij", 4, ["ab", "abcd", "efgh", "ij"]),
        ("    indented text", 9, [" indented", "text"]),
        ("  indented text", 10, ["  indented", "text"]),
        ("\tx\ty", 20, ["    x   y"]),
        ("日本語です", 4, ["日本", "語で", "す"]),
        ("日本語です", 5, ["日本", "語で", "す"]),
        ("ab 日本語", 6, ["ab 日", "本語"]),
        ("a日b本", 3, ["a日", "b本"]),
        ("trailing ", 20, ["trailing "]),
        ("日", 1, ["日"]),
        ("abc", 0, ["a", "b", "c"]),
        ("👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 3, ["👩‍👩‍👧‍👦", "👩‍👩‍👧‍👦"]),
    ])
    func linesBreakWhereTheyShould(text: String, columns: Int, expected: [String]) {
        #expect(Wrap.lines(of: text, columns: columns) == expected)
    }

    @Test(arguments: 1...24)
    func noCharacterIsLostAndNoLineIsTooLong(columns: Int) {
        var generator = Seeded(state: UInt64(columns))
        let alphabet: [Character] = Array("abc  \n\tdé日本😀") + ["e\u{301}", "👍🏽", "❤️", "\u{1B}"]
        for _ in 0..<200 {
            let count = Int.random(in: 0...80, using: &generator)
            let text = String((0..<count).map { _ in alphabet.randomElement(using: &generator) ?? "a" })
            let lines = Wrap.lines(of: text, columns: columns)
            let kept = lines.joined().filter { $0 != " " }
            #expect(kept == text.filter { !" \n\t".contains($0) })
            for line in lines where line.count > 1 { #expect(TextWidth.columns(of: line) <= columns) }
        }
    }

    @Test(arguments: 1...24)
    func plainTextBreaksAsAnyOther(columns: Int) {
        var generator = Seeded(state: UInt64(columns))
        for _ in 0..<300 {
            let count = Int.random(in: 0...60, using: &generator)
            let text = String((0..<count).map { _ in "ab   cd".randomElement(using: &generator) ?? "a" })
            var breaker = LineBreaker(columns: columns)
            for character in text { breaker.add(character) }
            let expected = breaker.finish()
            #expect(Wrap.lines(of: text, columns: columns) == expected)
        }
    }
}
