/// A prompt to begin with: a text with places to fill in, such as `{{text}}`.
public struct PromptTemplate: Sendable, Equatable {
    /// What it does, in a few words.
    public let title: String
    /// The kind of work, one word: "explain", "summarise" …
    public let task: String
    public let text: String
    /// The names of the places, in the order of their first appearance.
    public let placeholders: [String]

    /// - Throws: ``PromptTemplateError`` where a `{{` has no `}}`, or a place no name.
    public init(title: String, task: String, text: String) throws {
        self.title = title
        self.task = task
        self.text = text
        var names: [String] = []
        for part in try Self.parts(of: text) {
            if case .place(let name) = part, !names.contains(name) { names.append(name) }
        }
        placeholders = names
    }

    /// The text with values in its places; a place without a value stays as it is. Values are taken as they are: a
    /// `{{` in one of them is text.
    public func filled(with values: [String: String]) -> String {
        let parts = (try? Self.parts(of: text)) ?? [.text(text)]
        return parts.map { part in
            switch part {
            case .text(let text): text
            case .place(let name): values[name] ?? "{{\(name)}}"
            }
        }.joined()
    }

    private enum Part {
        case text(String)
        case place(String)
    }

    private static func parts(of text: String) throws(PromptTemplateError) -> [Part] {
        var parts: [Part] = []
        var rest = text[...]
        while let opening = rest.firstRange(of: "{{") {
            let after = rest[opening.upperBound...]
            let start = after.prefix(20).split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
            guard let closing = after.firstRange(of: "}}") else { throw .unclosed(start: start) }
            let name = after[..<closing.lowerBound].trimmingBlanks()
            guard !name.isEmpty, name.allSatisfy({ $0.isLetter || $0.isNumber || "_- ".contains($0) }) else {
                throw .unnamed(start: start)
            }
            parts += [.text(String(rest[..<opening.lowerBound])), .place(name)]
            rest = after[closing.upperBound...]
        }
        return parts + [.text(String(rest))]
    }
}

/// Why a text is no template. `start` is what follows the braces.
public enum PromptTemplateError: Error, Sendable, Equatable, CustomStringConvertible {
    case unclosed(start: String)
    case unnamed(start: String)

    /// What stands there.
    var found: String {
        switch self {
        case .unclosed(let start): "\"{{\(start)\" without }}"
        case .unnamed(let start): "\"{{\(start)\""
        }
    }

    var remedy: String {
        switch self {
        case .unclosed: "close it"
        case .unnamed: "give the place a name of letters and digits"
        }
    }

    public var description: String { "expected places such as {{text}}, found \(found); \(remedy)" }
}

extension Substring {
    fileprivate func trimmingBlanks() -> String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
