import Screen
import ScreenTestSupport
import Testing

@testable import Playground

@Suite struct EditorRowsTests {
    @Test(arguments: [
        ("", 10, [""]), ("abc", 10, ["abc"]), ("a\n\nb", 10, ["a", "", "b"]), ("a\n", 10, ["a", ""]),
        ("one two three", 9, ["one two ", "three"]), ("abcdefghijkl", 6, ["abcde", "fghij", "kl"]),
        ("日本語です", 5, ["日本", "語で", "す"]), ("ab cdefghij", 6, ["ab ", "cdefg", "hij"]),
    ])
    func breakAtSpaces(_ text: String, _ columns: Int, _ expected: [String]) {
        let rows = EditorRows(Array(text), columns: columns)
        #expect(rows.ranges.indices.map { rows.text($0) } == expected)
    }

    @Test func noCharacterIsLostAndTheCursorIsAlwaysInside() {
        var random = Seeded(state: 7)
        let alphabet: [Character] = ["a", "b", " ", " ", "\n", "日", "👩‍👩‍👧", "é", "\t"]
        for _ in 0..<300 {
            let count = Int.random(in: 0...60, using: &random)
            let characters = (0..<count).map { _ in alphabet.randomElement(using: &random) ?? " " }
            let columns = Int.random(in: 3...20, using: &random)
            let rows = EditorRows(characters, columns: columns)
            #expect(rows.ranges.map { $0.count }.reduce(0, +) == characters.filter { $0 != "\n" }.count)
            for cursor in 0...characters.count {
                let place = rows.place(of: cursor)
                #expect(rows.ranges[place.row].lowerBound <= cursor && cursor <= rows.ranges[place.row].upperBound)
                #expect(place.column < columns)
            }
        }
    }

    @Test func theCursorMayStandBehindTheLastCharacterOfAFullRow() {
        let rows = EditorRows(Array("abcd"), columns: 5)
        #expect(rows.place(of: 4).row == 0)
        #expect(rows.place(of: 4).column == 4)
        // At a break the cursor is at the start of the next row.
        let broken = EditorRows(Array("ab cd"), columns: 5)
        #expect(broken.place(of: 3).row == 1)
        #expect(broken.place(of: 3).column == 0)
    }
}
