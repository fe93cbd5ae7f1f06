import Foundation
import Playground
import ScreenTestSupport
import Testing

/// What the README shows is what the program draws.
struct ReadmeTests {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static let readme = root.appending(path: "README.md")

    @Test("the table of keys is the key map's")
    func keys() throws {
        let readme = try String(contentsOf: Self.readme, encoding: .utf8)
        let begin = try #require(readme.range(of: "<!-- keys -->\n")).upperBound
        let end = try #require(readme.range(of: "<!-- /keys -->")).lowerBound
        let expected = readme.replacingCharacters(in: begin..<end, with: Keymap.standard.markdownTable())
        try expectText(expected, matchesFileAt: Self.readme)
    }

    @Test("the table of commands is the commands'")
    func commands() throws {
        let readme = try String(contentsOf: Self.readme, encoding: .utf8)
        let begin = try #require(readme.range(of: "<!-- commands -->\n")).upperBound
        let end = try #require(readme.range(of: "<!-- /commands -->")).lowerBound
        let expected = readme.replacingCharacters(in: begin..<end, with: Keymap.markdownCommands())
        try expectText(expected, matchesFileAt: Self.readme)
    }
}
