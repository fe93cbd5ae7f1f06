import Configuration
import Foundation
import Screen
import Testing

@Suite struct ConfigurationFileTests {
    private let home = TemporaryHome()

    @Test func everyFieldIsRead() throws {
        let file = try ConfigurationFile(
            yaml: """
                theme: paper
                mouse: false
                record: false
                plain: true
                markdown: false
                panes: [small-one, "openai:big@http://localhost:8080", small-one]
                folders: [/srv/models, ~/models]
                context: 8192
                keys:
                  nextTheme: F6
                  help: [F1, "?", Ctrl+G]
                  exit: []
                """, file: "config.yaml")
        #expect(file.theme == "paper")
        #expect([file.mouse, file.record, file.plain, file.markdown] == [false, false, true, false])
        #expect(file.panes == ["small-one", "openai:big@http://localhost:8080", "small-one"])
        #expect(file.folders == ["/srv/models", "~/models"])
        #expect(file.context == 8192)
        #expect(
            file.keys == [
                "nextTheme": [.function(6)], "help": [.function(1), .character("?"), .control("g")], "exit": [],
            ])
    }

    @Test(arguments: ["", "# nothing but a remark\n", "---\n"])
    func nothingWrittenIsNothingConfigured(yaml: String) throws {
        #expect(try ConfigurationFile(yaml: yaml, file: "config.yaml") == ConfigurationFile())
        let defaults = ConfigurationFile()
        #expect([defaults.mouse, defaults.record, defaults.plain, defaults.markdown] == [true, true, false, true])
        #expect(defaults.theme == nil && defaults.panes.isEmpty && defaults.context == nil && defaults.keys.isEmpty)
    }

    @Test func whatIsLeftOutKeepsItsDefault() throws {
        let file = try ConfigurationFile(yaml: "record: false", file: "config.yaml")
        var expected = ConfigurationFile()
        expected.record = false
        #expect(file == expected)
    }

    private static let fields =
        "theme, mouse, record, plain, markdown, panes, folders, context, keys, servers, local_price"

    private static let mistakes: [(yaml: String, expected: String)] = [
        ("- theme", "c.yaml:1: expected fields \(fields), found a list; correct it"),
        ("theem: night", "c.yaml:1: expected one of \(fields), found \"theem\"; did you mean \"theme\"?"),
        (
            "plain: true\n\ncontexts: 3",
            "c.yaml:3: expected one of \(fields), found \"contexts\"; did you mean \"context\"?"
        ),
        ("folders: /srv/models", "c.yaml:1: folders: expected a list of folders, found \"/srv/models\"; correct it"),
        ("folders: [models]", "folders[0]: expected a folder's whole path, such as /srv/models or ~/models, found"),
        ("wallpaper: x", "found \"wallpaper\"; remove it"),
        ("mouse: maybe", "c.yaml:1: mouse: expected true or false, found \"maybe\"; correct it"),
        ("mouse:", "c.yaml:1: mouse: expected true or false, found nothing; correct it"),
        ("mouse: 1", "c.yaml:1: mouse: expected true or false, found \"1\"; correct it"),
        ("theme: [night]", "c.yaml:1: theme: expected a theme's name, such as night, found a list; correct it"),
        ("context: 0", "c.yaml:1: context: expected a number of tokens from 1 to 16777216, found \"0\"; correct it"),
        ("context: 4k", "found \"4k\"; correct it"),
        ("context: 99999999999999999999", "found \"99999999999999999999\"; correct it"),
        ("panes: small", "c.yaml:1: panes: expected a list of one to 4 models, found \"small\"; correct it"),
        ("panes: []", "c.yaml:1: panes: expected a list of one to 4 models, found 0; correct it"),
        ("panes: [a, b, c, d, e]", "found 5; correct it"),
        ("panes:\n- a\n- {}", "c.yaml:3: panes[1]: expected a model, such as smollm2-135m-instruct, found a mapping"),
        ("keys: F1", "c.yaml:1: keys: expected names of actions, each with a key or a list of keys, found \"F1\""),
        ("keys:\n  send: Entre", "c.yaml:2: keys.send: expected a key such as Ctrl+O, Alt+B, F5, PgUp or x, found"),
        ("keys:\n  send: Entre", "found \"Entre\"; write it as the help screen does (F1)"),
        ("keys: { send: [F1, Ctrl+M] }", "c.yaml:1: keys.send[1]: expected a key such as"),
        ("keys: { send: [F1, Ctrl+M] }", "\"Ctrl+M\"; terminals send it as Backspace, Tab, Enter or Esc, so choose"),
        ("keys: { send: { key: F1 } }", "c.yaml:1: keys.send: expected a key"),
        ("keys: { [a]: F1 }", "c.yaml:1: keys: expected a name, found a list; write one word before the colon"),
        ("theme: a\ntheme: b", "c.yaml:1: expected YAML, found \"theme\" twice in one mapping; mend what stands there"),
        ("keys: { 1: F1, \"1\": F2 }", "c.yaml:1: keys.1: expected each name once, found it twice; remove one"),
        ("theme: \"a\n", "expected YAML, found"),
        ("theme: *missing", "expected YAML, found"),
        ("mouse: \"\\e[31mred\\nline\"", "found \"␛[31mred line\"; correct it"),
        (String(repeating: "[", count: 100_000), "expected"),
    ]

    /// Each error is one line that names the file, the line, the field, what was expected, what was found and a remedy.
    @Test(arguments: mistakes)
    func saysWhatIsWrong(_ yaml: String, _ expected: String) {
        let error = #expect(throws: ConfigurationError.self) { try ConfigurationFile(yaml: yaml, file: "c.yaml") }
        #expect(error?.description.contains(expected) == true, "\(error?.description ?? "nothing")")
        #expect(error?.description.contains(where: \.isNewline) == false)
    }

    @Test func aMissingFileConfiguresNothing() throws {
        #expect(try ConfigurationFile(directories: home.directories) == ConfigurationFile())
    }

    @Test func theUsersFileIsFound() throws {
        try home.configure("config.yaml", "theme: mist\n")
        #expect(try ConfigurationFile(directories: home.directories).theme == "mist")
    }

    @Test func anErrorNamesTheUsersFile() throws {
        try home.configure("config.yaml", "mouse: perhaps\n")
        let path = try home.directories.configurationFile
        let error = #expect(throws: ConfigurationError.self) {
            try ConfigurationFile(directories: home.directories)
        }
        #expect(error?.description.hasPrefix("\(path):1: mouse: ") == true)
    }

    @Test func aFolderInItsPlaceIsNamed() throws {
        try home.configure("config.yaml/inner", "")
        let error = #expect(throws: ConfigurationError.self) {
            try ConfigurationFile(directories: home.directories)
        }
        #expect(error?.description.contains("expected a readable file") == true)
    }

    /// The sample shows every field, each with a value that is taken.
    @Test func theSampleIsWhole() throws {
        let sample = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "docs/config.yaml")
        let file = try ConfigurationFile(yaml: String(contentsOf: sample, encoding: .utf8), file: "config.yaml")
        let theme = try #require(file.theme)
        #expect(ShippedFiles(directories: nil).names(in: "themes").contains("\(theme).yaml"))
        #expect(!file.panes.isEmpty && file.context != nil && !file.keys.isEmpty)
        for child in Mirror(reflecting: file).children {
            // The file writes names in snake case.
            let name = try #require(child.label).replacing(/[A-Z]/) { "_" + $0.output.lowercased() }
            #expect(try String(contentsOf: sample, encoding: .utf8).contains("\n\(name):"), "\(name)")
        }
    }
}
