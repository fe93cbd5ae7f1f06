import Screen
import Yams

/// A value in a YAML file that knows its place, so that a complaint can name it.
struct YAMLField {
    /// The file's name, for messages.
    let file: String
    /// Such as `keys.send[0]`; empty at the top.
    let path: String
    /// nil where there is nothing.
    let node: Node?

    /// - Throws: ``ConfigurationError`` if `text` isn't one YAML document.
    init(text: String, file: String) throws {
        do {
            let node = try Yams.compose(yaml: text)
            // A document that was only begun has a value of no letters.
            self.init(file: file, path: "", node: node?.scalar?.string.isEmpty == true ? nil : node)
        } catch let error as YamlError {
            let (problem, line) = Self.explain(error)
            let (expected, found) = Self.parts(of: problem)
            throw ConfigurationError(
                file: file, line: line, expected: expected, found: found, remedy: "mend what stands there")
        }
    }

    /// libyaml says of many faults only what it missed.
    private static func parts(of problem: String) -> (expected: String, found: String) {
        let beginning = "did not find expected "
        guard problem.hasPrefix(beginning) else { return ("YAML", problem) }
        return (problem.dropFirst(beginning.count) + " in the YAML", "something else")
    }

    private init(file: String, path: String, node: Node?) {
        self.file = file
        self.path = path
        self.node = node
    }

    private static func explain(_ error: YamlError) -> (problem: String, line: Int?) {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            (problem, mark.line)
        case .duplicatedKeysInMapping(let names, let context):
            (names.map { quoted($0) }.joined(separator: ", ") + " twice in one mapping", context.mark.line)
        default:
            ("\(error)".split(whereSeparator: \.isNewline).joined(separator: " "), nil)
        }
    }

    var isMissing: Bool { node == nil }
    var isList: Bool { node?.sequence != nil }
    var isScalar: Bool { node?.scalar != nil }

    /// A complaint about this field.
    func error(expected: String, found: String? = nil, remedy: String = "correct it") -> ConfigurationError {
        ConfigurationError(
            file: file, line: node?.mark?.line, field: path, expected: expected, found: found ?? kind, remedy: remedy)
    }

    private var kind: String {
        switch node {
        case nil: "nothing"
        case .scalar(let scalar)?: scalar.string.isEmpty ? "nothing" : Self.quoted(scalar.string)
        case .mapping?: "a mapping"
        case .sequence?: "a list"
        case .alias?: "an alias"
        }
    }

    private static func quoted(_ text: String) -> String {
        let start = VisibleText.of(String(text.prefix(40))).map { $0.isNewline || $0 == "\t" ? " " : String($0) }
        return "\"" + start.joined() + (text.count > 40 ? "…" : "") + "\""
    }

    /// The known fields of one mapping; those that aren't written are missing ones.
    struct Mapping {
        fileprivate let parent: YAMLField
        fileprivate let fields: [String: YAMLField]

        subscript(name: String) -> YAMLField { fields[name] ?? parent.child(name, nil) }

        /// Reads a field that may be left out.
        func optional<Value>(_ name: String, _ read: (YAMLField) throws -> Value) rethrows -> Value? {
            try fields[name].map(read)
        }
    }

    /// The fields of a mapping.
    ///
    /// - Parameter known: the names it may have; a misspelt one would otherwise be passed over.
    func mapping(known: [String]) throws -> Mapping {
        let names = known.joined(separator: ", ")
        var fields: [String: YAMLField] = [:]
        for field in try entries(expected: "fields \(names)") {
            guard known.contains(field.name) else {
                let nearest = ClosestName.of(field.name, among: known)
                throw ConfigurationError(
                    file: file, line: field.line, field: path, expected: "one of \(names)",
                    found: Self.quoted(field.name),
                    remedy: nearest.map { "did you mean \"\($0)\"?" } ?? "remove it")
            }
            fields[field.name] = field.value
        }
        return Mapping(parent: self, fields: fields)
    }

    /// The entries of a mapping whose names may be anything, in the order of the file.
    func entries(expected: String) throws -> [(name: String, line: Int?, value: YAMLField)] {
        guard case .mapping(let mapping)? = node else { throw error(expected: expected) }
        var names: Set<String> = []
        return try mapping.map { key, value in
            guard let name = key.scalar?.string else {
                let key = YAMLField(file: file, path: path, node: key)
                throw key.error(expected: "a name", remedy: "write one word before the colon")
            }
            // YAML takes a name and the same one in quotes for two.
            guard names.insert(name).inserted else {
                throw child(name, key).error(expected: "each name once", found: "it twice", remedy: "remove one")
            }
            return (name, key.mark?.line, child(name, value))
        }
    }

    private func child(_ name: String, _ node: Node?) -> YAMLField {
        YAMLField(file: file, path: path.isEmpty ? name : "\(path).\(name)", node: node)
    }

    /// The elements of a list.
    func list(expected: String = "a list") throws -> [YAMLField] {
        guard case .sequence(let sequence)? = node else { throw error(expected: expected) }
        return sequence.enumerated().map { YAMLField(file: file, path: "\(path)[\($0)]", node: $1) }
    }

    /// Text on one line that isn't empty.
    func line(expected: String = "text on one line") throws -> String {
        let text = try text(expected: expected)
        guard !text.contains(where: \.isNewline) else { throw error(expected: expected) }
        return text
    }

    /// Text that isn't empty.
    func text(expected: String = "text") throws -> String {
        guard let text = node?.scalar?.string, !text.allSatisfy(\.isWhitespace) else {
            throw error(expected: expected)
        }
        return text
    }

    func flag() throws -> Bool {
        switch node?.scalar?.string {
        case "true": return true
        case "false": return false
        default: throw error(expected: "true or false")
        }
    }

    func number(in range: ClosedRange<Double>, _ noun: String) throws -> Double {
        guard let text = node?.scalar?.string, let value = Double(text), range.contains(value) else {
            throw error(expected: "\(noun) from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    func integer(in range: ClosedRange<Int>, _ noun: String) throws -> Int {
        guard let text = node?.scalar?.string, let value = Int(text), range.contains(value) else {
            throw error(expected: "\(noun) from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }
}
