/// How a JSON value is written.
public struct JSONFormat: Sendable, Equatable {
    /// What is written for an infinite double or one that is not a number, which JSON has no word for.
    public enum NonFinite: Sendable, Equatable {
        case null
        /// `NaN`, `Infinity` and `-Infinity`, as Python's `json` module writes them.
        case names
    }

    public var itemSeparator: String
    public var nameSeparator: String
    /// One level's indentation; nil writes everything on one line.
    public var indentation: String?
    /// Writes every character beyond ASCII as `\u` and four hexadecimal digits.
    public var escapesNonASCII: Bool
    /// Writes members in the order of their names' code points.
    public var sortsNames: Bool
    public var nonFinite: NonFinite

    public init(
        itemSeparator: String = ",",
        nameSeparator: String = ":",
        indentation: String? = nil,
        escapesNonASCII: Bool = false,
        sortsNames: Bool = false,
        nonFinite: NonFinite = .null
    ) {
        self.itemSeparator = itemSeparator
        self.nameSeparator = nameSeparator
        self.indentation = indentation
        self.escapesNonASCII = escapesNonASCII
        self.sortsNames = sortsNames
        self.nonFinite = nonFinite
    }

    /// The shortest form.
    public static let compact = JSONFormat()
    /// Two spaces a level, for people.
    public static let pretty = JSONFormat(nameSeparator: ": ", indentation: "  ")
    /// What Python's `json.dumps(value, ensure_ascii=False)` writes.
    public static let python = JSONFormat(itemSeparator: ", ", nameSeparator: ": ", nonFinite: .names)
}
