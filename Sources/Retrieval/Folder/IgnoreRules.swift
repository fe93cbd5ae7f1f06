/// What a `.gitignore` file says is no part of a folder. Source: gitignore(5).
struct IgnoreRules: Sendable, Equatable {
    private struct Rule: Sendable, Equatable {
        /// Parts between slashes; `**` stands for any number of them.
        var parts: [[UInt8]]
        var isNegated: Bool
        var onlyFolders: Bool
    }

    private var rules: [Rule] = []

    /// Lines longer than this are no patterns that somebody wrote.
    private static let longestLine = 1024
    private static let ruleLimit = 10_000

    init(_ text: String) {
        for line in text.split(whereSeparator: \.isNewline).prefix(Self.ruleLimit) {
            if let rule = Self.rule(line) { rules.append(rule) }
        }
    }

    private static func rule(_ line: Substring) -> Rule? {
        var bytes = Array(line.utf8)
        while bytes.last == UInt8(ascii: " "), bytes.dropLast().last != UInt8(ascii: "\\") { bytes.removeLast() }
        guard let first = bytes.first, first != UInt8(ascii: "#"), bytes.count <= longestLine else { return nil }
        let isNegated = first == UInt8(ascii: "!")
        if isNegated { bytes.removeFirst() }
        let onlyFolders = bytes.last == UInt8(ascii: "/")
        if onlyFolders { bytes.removeLast() }
        // A pattern with a slash inside belongs to the file's own folder, any other to all folders below too.
        let isAnchored = bytes.contains(UInt8(ascii: "/"))
        let parts = bytes.split(separator: UInt8(ascii: "/")).map(Array.init)
        guard !parts.isEmpty else { return nil }
        return Rule(
            parts: isAnchored ? parts : [anyFolders] + parts, isNegated: isNegated, onlyFolders: onlyFolders)
    }

    private static let anyFolders = Array("**".utf8)

    /// - Parameter path: relative to the file's folder.
    /// - Returns: nil where no rule speaks of it; the last one that does decides.
    func ignores(_ path: String, isFolder: Bool) -> Bool? {
        let parts = path.utf8.split(separator: UInt8(ascii: "/")).map(Array.init)
        let rule = rules.last { rule in
            (isFolder || !rule.onlyFolders) && Self.match(rule.parts[...], parts[...])
        }
        return rule.map { !$0.isNegated }
    }

    private static func match(_ pattern: ArraySlice<[UInt8]>, _ path: ArraySlice<[UInt8]>) -> Bool {
        guard let first = pattern.first else { return path.isEmpty }
        if first == anyFolders {
            let rest = pattern.dropFirst()
            // A trailing ** is all that is inside.
            if rest.isEmpty { return !path.isEmpty }
            return (path.startIndex...path.endIndex).contains { match(rest, path[$0...]) }
        }
        guard let name = path.first, matches(first[...], name[...]) else { return false }
        return match(pattern.dropFirst(), path.dropFirst())
    }

    /// One name against one part of a pattern, with `*`, `?`, `[…]` and `\`. Linear but for the last star's retries.
    private static func matches(_ pattern: ArraySlice<UInt8>, _ name: ArraySlice<UInt8>) -> Bool {
        var (pattern, name) = (pattern, name)
        var retry: (pattern: ArraySlice<UInt8>, name: ArraySlice<UInt8>)?
        while true {
            if pattern.first == UInt8(ascii: "*") {
                pattern = pattern.dropFirst()
                retry = (pattern, name)
            } else if let length = matchOne(pattern, name.first) {
                pattern = pattern.dropFirst(length)
                name = name.dropFirst()
            } else if pattern.isEmpty, name.isEmpty {
                return true
            } else if let last = retry, !last.name.isEmpty {
                retry = (last.pattern, last.name.dropFirst())
                (pattern, name) = (last.pattern, last.name.dropFirst())
            } else {
                return false
            }
        }
    }

    /// How many bytes of the pattern stand for this byte; nil where they don't.
    private static func matchOne(_ pattern: ArraySlice<UInt8>, _ byte: UInt8?) -> Int? {
        guard let byte, let first = pattern.first else { return nil }
        switch first {
        case UInt8(ascii: "?"): return 1
        case UInt8(ascii: "\\") where pattern.count > 1: return pattern.dropFirst().first == byte ? 2 : nil
        case UInt8(ascii: "["):
            guard let set = CharacterSetPattern(pattern) else { return first == byte ? 1 : nil }
            return set.contains(byte) ? set.length : nil
        default: return first == byte ? 1 : nil
        }
    }
}

/// `[a-z]`, `[!a-z]`.
private struct CharacterSetPattern {
    /// Bytes of the pattern, brackets among them.
    let length: Int
    private let isNegated: Bool
    private let members: ArraySlice<UInt8>

    /// Nil where the bracket isn't closed.
    init?(_ pattern: ArraySlice<UInt8>) {
        var start = pattern.startIndex + 1
        isNegated = start < pattern.endIndex && [UInt8(ascii: "!"), UInt8(ascii: "^")].contains(pattern[start])
        if isNegated { start += 1 }
        // A closing bracket that comes first is a member.
        guard start < pattern.endIndex, let end = pattern[(start + 1)...].firstIndex(of: UInt8(ascii: "]"))
        else { return nil }
        members = pattern[start..<end]
        length = end - pattern.startIndex + 1
    }

    func contains(_ byte: UInt8) -> Bool {
        var index = members.startIndex
        var isMember = false
        while index < members.endIndex {
            if index + 2 < members.endIndex, members[index + 1] == UInt8(ascii: "-") {
                isMember = isMember || (members[index] <= byte && byte <= members[index + 2])
                index += 3
            } else {
                isMember = isMember || members[index] == byte
                index += 1
            }
        }
        return isMember != isNegated
    }
}
