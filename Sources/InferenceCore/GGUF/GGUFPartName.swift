/// The name of a part of a split file: `NAME-00002-of-00003.gguf`.
///
/// Source: llama.cpp, tools/gguf-split, "%s-%05d-of-%05d.gguf".
public struct GGUFPartName: Sendable, Equatable {
    /// What all parts' paths begin with.
    public let prefix: String
    /// Counted from 1.
    public let number: Int
    public let count: Int

    private static let suffix = ".gguf"
    private static let digits = 5

    /// Nil for a path that doesn't end like a part's name. A name alone says nothing of what is in the file.
    public init?(_ path: String) {
        guard path.hasSuffix(Self.suffix) else { return nil }
        let words = path.dropLast(Self.suffix.count).split(separator: "-", omittingEmptySubsequences: false)
        guard words.count >= 4, words[words.count - 2] == "of", let number = Self.number(words[words.count - 3]),
            let count = Self.number(words[words.count - 1]), (1...count).contains(number)
        else { return nil }
        let prefix = words.dropLast(3).joined(separator: "-")
        guard let name = prefix.split(separator: "/", omittingEmptySubsequences: false).last, !name.isEmpty else {
            return nil
        }
        (self.prefix, self.number, self.count) = (prefix, number, count)
    }

    /// The path of another part, counted from 1.
    public func path(ofPart number: Int) -> String {
        prefix + Self.ending(part: number, of: count)
    }

    /// What a part's path ends with: `-00002-of-00003.gguf`.
    static func ending(part number: Int, of count: Int) -> String {
        "-\(text(number))-of-\(text(count))\(suffix)"
    }

    private static func number(_ text: Substring) -> Int? {
        guard text.count >= digits, text.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }),
            let number = Int(text), number > 0, Self.text(number) == text
        else { return nil }
        return number
    }

    private static func text(_ number: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}
