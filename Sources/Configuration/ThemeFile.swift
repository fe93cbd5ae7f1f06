import Screen
import Yams

/// A theme as a YAML file in `themes/` describes it: a name, a background, and a style for each role.
///
/// ```yaml
/// name: paper
/// background: light
/// roles:
///   text: { foreground: "#2b2a27", background: "#faf7f0" }
///   title: { foreground: "#1d4e89", bold: true }
/// ```
public struct ThemeFile: Sendable, Equatable {
    /// What kind of terminal the theme is made for.
    public enum Background: String, Sendable, Equatable, CaseIterable {
        case dark, light
    }

    public let name: String
    public let background: Background
    /// The roles that the file lists; a colour that a role leaves open is that of ``Role/text``.
    public let styles: [Role: Style]

    public var palette: Palette { Palette(styles) }

    /// - Parameters:
    ///   - yaml: the file's contents.
    ///   - file: the file's name, for errors.
    /// - Throws: ``ThemeFileError``, which names the file and the field, what was expected and what was found.
    public init(yaml: String, file: String) throws {
        let reader = ThemeReader(file: file)
        let keys = ["name", "background", "roles"]
        let fields = try reader.mapping(try reader.compose(yaml), field: "the file", keys: keys)
        name = try reader.name(fields["name"])
        background = try reader.background(fields["background"])
        styles = try reader.styles(fields["roles"])
    }
}

/// Why a theme can't be used, on one line.
public struct ThemeFileError: Error, Sendable, Equatable, CustomStringConvertible {
    public let file: String
    /// Which part of the file, such as "roles.title.foreground".
    public let field: String
    /// What was expected, what was found.
    public let reason: String

    public var description: String { "\(file): \(field): \(reason)" }
}

/// Reads the parts of one file.
private struct ThemeReader {
    let file: String

    func compose(_ yaml: String) throws -> Node? {
        do {
            return try Yams.compose(yaml: yaml)
        } catch let error as YamlError {
            let reason = "\(error)".split(whereSeparator: \.isNewline).joined(separator: " ")
            throw failure("the file", "expected YAML; \(reason)")
        }
    }

    /// The fields of a mapping, each of them known and there once.
    func mapping(_ node: Node?, field: String, keys: [String]) throws -> [String: Node] {
        guard case .mapping(let mapping)? = node else {
            throw failure(field, "expected fields \(list(keys)), found \(kind(node))")
        }
        var fields: [String: Node] = [:]
        for (key, value) in mapping {
            guard let name = key.scalar?.string, keys.contains(name) else {
                throw failure(field, "expected one of \(list(keys)), found \(quoted(key.scalar?.string ?? kind(key)))")
            }
            fields[name] = value
        }
        return fields
    }

    func name(_ node: Node?) throws -> String {
        guard let name = node?.scalar?.string, !name.isEmpty, !name.contains(where: \.isNewline) else {
            throw failure("name", "expected a name on one line, found \(kind(node))")
        }
        return name
    }

    func background(_ node: Node?) throws -> ThemeFile.Background {
        guard let text = node?.scalar?.string, let background = ThemeFile.Background(rawValue: text) else {
            throw failure("background", "expected \"dark\" or \"light\", found \(kind(node))")
        }
        return background
    }

    func styles(_ node: Node?) throws -> [Role: Style] {
        let fields = try mapping(node, field: "roles", keys: Role.allCases.map(\.rawValue))
        var styles: [Role: Style] = [:]
        for role in Role.allCases {
            if let node = fields[role.rawValue] { styles[role] = try style(node, field: "roles.\(role.rawValue)") }
        }
        return styles
    }

    private func style(_ node: Node, field: String) throws -> Style {
        let keys = ["foreground", "background", "bold", "dim", "reverse", "underline", "italic"]
        let fields = try mapping(node, field: field, keys: keys)
        return Style(
            foreground: try color(fields["foreground"], field: "\(field).foreground"),
            background: try color(fields["background"], field: "\(field).background"),
            isBold: try flag(fields["bold"], field: "\(field).bold"),
            isDim: try flag(fields["dim"], field: "\(field).dim"),
            isReverse: try flag(fields["reverse"], field: "\(field).reverse"),
            isUnderlined: try flag(fields["underline"], field: "\(field).underline"),
            isItalic: try flag(fields["italic"], field: "\(field).italic"))
    }

    private func color(_ node: Node?, field: String) throws -> Color? {
        guard let node else { return nil }
        guard let text = node.scalar?.string, let color = Color(hex: text) else {
            throw failure(field, "expected a colour such as \"#1e66f5\" in quotes, found \(kind(node))")
        }
        return color
    }

    private func flag(_ node: Node?, field: String) throws -> Bool {
        switch node?.scalar?.string {
        case nil where node == nil: return false
        case "true": return true
        case "false": return false
        default: throw failure(field, "expected true or false, found \(kind(node))")
        }
    }

    private func failure(_ field: String, _ reason: String) -> ThemeFileError {
        ThemeFileError(file: file, field: field, reason: reason)
    }

    private func kind(_ node: Node?) -> String {
        switch node {
        case nil: "nothing"
        case .scalar(let scalar)?: scalar.string.isEmpty ? "nothing" : quoted(scalar.string)
        case .mapping?: "a mapping"
        case .sequence?: "a list"
        case .alias?: "an alias"
        }
    }

    private func quoted(_ text: String) -> String {
        let line = text.prefix(40).map { $0.isNewline ? " " : String($0) }.joined()
        return "\"\(line)\(text.count > 40 ? "…" : "")\""
    }

    private func list(_ keys: [String]) -> String { keys.joined(separator: ", ") }
}
