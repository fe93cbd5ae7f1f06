import Screen

/// A theme as a YAML file in `themes/` describes it: a name, a background, and a style for each role.
///
/// ```yaml
/// name: paper
/// background: light
/// roles:
///   text: { foreground: "#2b2a27", background: "#faf7f0" }
///   title: { foreground: "#1d4e89", bold: true }
///   warning: { foreground: yellow }
/// ```
public struct ThemeFile: Sendable, Equatable {
    /// What kind of terminal the theme is made for.
    public enum Background: String, Sendable, Equatable, CaseIterable {
        case dark, light
        /// The terminal's own background, whatever it is.
        case terminal
    }

    public let name: String
    public let background: Background
    /// The roles that the file lists; a colour that a role leaves open is that of ``Role/text``.
    public let styles: [Role: Style]

    public var palette: Palette { Palette(styles) }

    /// - Parameters:
    ///   - yaml: the file's contents.
    ///   - file: the file's name, for errors.
    /// - Throws: ``ConfigurationError``.
    public init(yaml: String, file: String) throws {
        let fields = try YAMLField(text: yaml, file: file).mapping(known: ["name", "background", "roles"])
        name = try fields["name"].line(expected: "a name on one line")
        background = try Background(fields["background"])
        let roles = try fields["roles"].mapping(known: Role.allCases.map(\.rawValue))
        styles = try Dictionary(
            uniqueKeysWithValues: Role.allCases.compactMap { role in
                try roles.optional(role.rawValue) { (role, try Style($0)) }
            })
    }
}

extension ThemeFile.Background {
    fileprivate init(_ field: YAMLField) throws {
        let names = Self.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: " or ")
        guard let background = Self(rawValue: try field.line(expected: names)) else {
            throw field.error(expected: names)
        }
        self = background
    }
}

extension Style {
    fileprivate init(_ field: YAMLField) throws {
        let fields = try field.mapping(known: [
            "foreground", "background", "bold", "dim", "reverse", "underline", "italic",
        ])
        func flag(_ name: String) throws -> Bool { try fields.optional(name) { try $0.flag() } ?? false }
        self.init(
            foreground: try fields.optional("foreground") { try Color($0) },
            background: try fields.optional("background") { try Color($0) }, isBold: try flag("bold"),
            isDim: try flag("dim"), isReverse: try flag("reverse"), isUnderlined: try flag("underline"),
            isItalic: try flag("italic"))
    }
}

extension Color {
    fileprivate init(_ field: YAMLField) throws {
        let expected = "a colour such as \"#1e66f5\" in quotes, or one of the terminal's, such as red or bright blue"
        let text = try field.line(expected: expected)
        guard let color = Color(hex: text) ?? Color(name: text) else {
            let nearest = text.hasPrefix("#") ? nil : ClosestName.of(text, among: Color.terminalNames)
            throw field.error(
                expected: expected, remedy: nearest.map { "did you mean \"\($0)\"?" } ?? "write six hexadecimal digits")
        }
        self = color
    }
}
