import Configuration
import Foundation
import Playground
import PlaygroundTestSupport
import Screen
import ScreenTestSupport
import Testing

/// What the README shows is what the program draws.
struct ReadmeTests {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The dark theme that ships.
    static func theme() throws -> ThemeFile {
        let file = root.appending(path: "themes/night.yaml")
        return try ThemeFile(yaml: String(contentsOf: file, encoding: .utf8), file: "night.yaml")
    }

    static let readme = root.appending(path: "README.md")

    @Test("the picture is the screen after the recorded comparison")
    func picture() throws {
        let recorded = try RecordedComparison(contentsOf: Self.root.appending(path: "docs/comparison.json"))
        let state = recorded.state(size: Size(columns: 100, rows: 30))
        let picture = FrameSVG.svg(
            of: render(state), palette: try Self.theme().palette,
            title: "Diptych: two models side by side, their answers, latency and memory")
        try expectText(picture, matchesFileAt: Self.root.appending(path: "docs/screen.svg"))
        #expect(try String(contentsOf: Self.readme, encoding: .utf8).contains("docs/screen.svg"))
    }

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
