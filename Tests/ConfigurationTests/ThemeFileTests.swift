import Configuration
import Screen
import Testing

@Suite struct ThemeFileTests {
    @Test func readsColoursAndFlags() throws {
        let theme = try ThemeFile(
            yaml: """
                name: plain
                background: light
                roles:
                  text: { foreground: "#000000", background: "#ffffff" }
                  title: { foreground: "#1e66f5", bold: true, underline: true, italic: true }
                  stall: { reverse: true, dim: false }
                """, file: "plain.yaml")
        #expect(theme.name == "plain")
        #expect(theme.background == .light)
        #expect(theme.styles.count == 3)
        let title = theme.palette[.title]
        #expect(title.foreground == Color(red: 0x1E, green: 0x66, blue: 0xF5))
        #expect(title.background == Color(red: 255, green: 255, blue: 255))
        #expect(title.isBold && title.isUnderlined && title.isItalic && !title.isReverse)
        #expect(theme.palette[.stall].isReverse)
        // Roles that aren't listed look like text.
        #expect(theme.palette[.verdict].foreground == Color(red: 0, green: 0, blue: 0))
    }

    @Test func theTerminalsOwnColoursHaveNames() throws {
        let theme = try ThemeFile(
            yaml: """
                name: plain
                background: terminal
                roles: { text: {}, title: { foreground: bright blue }, error: { foreground: red } }
                """, file: "plain.yaml")
        #expect(theme.background == .terminal)
        #expect(theme.palette[.text] == Style())
        #expect(theme.palette[.title].foreground?.terminalNumber == 12)
        #expect(theme.palette[.error].foreground?.terminalNumber == 1)
    }

    /// Each error is one line that names the file, the line, the field, what was expected, what was found and a remedy.
    @Test(arguments: [
        ("", "t.yaml: expected fields name, background, roles, found nothing; correct it"),
        ("- a", "t.yaml:1: expected fields name, background, roles, found a list; correct it"),
        ("shade: dark", "t.yaml:1: expected one of name, background, roles, found \"shade\"; remove it"),
        ("nam: t", "t.yaml:1: expected one of name, background, roles, found \"nam\"; did you mean \"name\"?"),
        ("name: t", "t.yaml: background: expected \"dark\" or \"light\" or \"terminal\", found nothing; correct it"),
        ("background: dark", "t.yaml: name: expected a name on one line, found nothing; correct it"),
        (
            "name: t\nbackground: grey",
            "t.yaml:2: background: expected \"dark\" or \"light\" or \"terminal\", found \"grey"
        ),
        (head + "roles: { text: red }", "t.yaml:3: roles.text: expected fields foreground, background"),
        (head + "roles: { text: { foreground: redd } }", "found \"redd\"; did you mean \"red\"?"),
        (head + "roles: { text: { foreground: \"#12345\" } }", "found \"#12345\"; write six hexadecimal digits"),
        // Without quotes, YAML takes the colour for a comment.
        (
            head + "roles:\n  text:\n    foreground: #123456",
            "t.yaml:5: roles.text.foreground: expected a colour such as"
        ),
        (head + "roles: { text: { bold: 3 } }", "t.yaml:3: roles.text.bold: expected true or false, found \"3\""),
        (head + "roles: { text: { colour: 3 } }", "t.yaml:3: roles.text: expected one of foreground, background"),
        (head + "roles: { headline: { bold: true } }", "found \"headline\"; did you mean \"heading\"?"),
        (head + "roles: {}\nname: u", "t.yaml:1: expected YAML, found \"name\" twice in one mapping; mend"),
        (head + "roles: [", "t.yaml:4: expected node content in the YAML, found something else; mend"),
        (head + "roles: \u{1}", "t.yaml: expected YAML, found"),
    ])
    func saysWhatIsWrong(_ yaml: String, _ expected: String) {
        let error = #expect(throws: ConfigurationError.self) { try ThemeFile(yaml: yaml, file: "t.yaml") }
        #expect(error?.description.contains(expected) == true, "\(error?.description ?? "nothing")")
        #expect(error?.description.contains(where: \.isNewline) == false)
    }

    private static let head = "name: t\nbackground: dark\n"
}
