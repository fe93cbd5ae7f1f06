import Yams

/// A value in a YAML file that knows its place, so that a complaint can name it.
struct YAMLField {
    /// The file's name, for messages.
    let file: String
    /// Such as `models[2].sha256`; empty at the top.
    let path: String
    let node: Node

    /// - Throws: ``CatalogError`` if `text` isn't one YAML document.
    init(text: String, file: String) throws {
        do {
            guard let node = try Yams.compose(yaml: text) else {
                throw CatalogError(file: file, field: "", line: nil, expected: "a catalog", found: "an empty file")
            }
            self.init(file: file, path: "", node: node)
        } catch let error as YamlError {
            let first = "\(error)".split(whereSeparator: \.isNewline).joined(separator: " ")
            throw CatalogError(file: file, field: "", line: nil, expected: "YAML", found: first)
        }
    }

    private init(file: String, path: String, node: Node) {
        self.file = file
        self.path = path
        self.node = node
    }

    /// A complaint about this field.
    func error(expected: String, found: String? = nil) -> CatalogError {
        CatalogError(file: file, field: path, line: node.mark?.line, expected: expected, found: found ?? kind)
    }

    private var kind: String {
        switch node {
        case .scalar(let scalar): scalar.string.isEmpty ? "nothing" : "'\(scalar.string.prefix(60))'"
        case .mapping: "a mapping"
        case .sequence: "a list"
        case .alias: "an alias"
        }
    }

    /// The fields of a mapping.
    ///
    /// - Parameter known: the names it may have; a misspelt one would otherwise be passed over.
    func mapping(known: Set<String>) throws -> [String: YAMLField] {
        guard case .mapping(let mapping) = node else { throw error(expected: "a mapping") }
        var fields: [String: YAMLField] = [:]
        for (key, value) in mapping {
            let name = key.string ?? "?"
            let field = YAMLField(file: file, path: path.isEmpty ? name : "\(path).\(name)", node: value)
            guard known.contains(name) else {
                throw field.error(expected: "one of \(known.sorted().joined(separator: ", "))", found: "'\(name)'")
            }
            fields[name] = field
        }
        return fields
    }

    /// The elements of a list that isn't empty.
    func list() throws -> [YAMLField] {
        guard case .sequence(let sequence) = node, !sequence.isEmpty else {
            throw error(expected: "a list of one or more")
        }
        return sequence.enumerated().map { YAMLField(file: file, path: "\(path)[\($0)]", node: $1) }
    }

    /// Text that isn't empty and fits the pattern.
    func text(_ expected: String = "text", matching pattern: Regex<Substring>? = nil) throws -> String {
        guard case .scalar(let scalar) = node, !scalar.string.isEmpty else { throw error(expected: expected) }
        if let pattern, scalar.string.wholeMatch(of: pattern) == nil { throw error(expected: expected) }
        return scalar.string
    }

    func positiveInteger() throws -> Int {
        guard case .scalar(let scalar) = node, let value = Int(scalar.string), value > 0 else {
            throw error(expected: "a whole number above 0")
        }
        return value
    }
}

extension [String: YAMLField] {
    /// The field of that name in `parent`.
    func required(_ name: String, in parent: YAMLField) throws -> YAMLField {
        guard let field = self[name] else {
            let path = parent.path.isEmpty ? name : "\(parent.path).\(name)"
            throw CatalogError(
                file: parent.file, field: path, line: parent.node.mark?.line, expected: "a value", found: "nothing")
        }
        return field
    }
}
