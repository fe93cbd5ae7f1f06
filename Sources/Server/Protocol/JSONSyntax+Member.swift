extension JSONSyntax {
    /// The text of a member as it stands in a body: Foundation's decoder forgets the order of members, which a schema's
    /// answers follow.
    /// - Parameters:
    ///   - path: names of members within each other, written in the body without escapes.
    ///   - bytes: what was found to be JSON.
    /// - Returns: nil where there is no such member. Of several the last one.
    static func text(of path: [String], in bytes: [UInt8]) -> String? {
        var found = 0..<bytes.count
        for name in path {
            var syntax = JSONSyntax(bytes: Array(bytes[found]))
            guard let range = try? syntax.range(ofMember: name) else { return nil }
            found = found.lowerBound + range.lowerBound..<found.lowerBound + range.upperBound
        }
        return String(decoding: bytes[found], as: UTF8.self)
    }

    private mutating func range(ofMember name: String) throws(Fault) -> Range<Int>? {
        guard next == UInt8(ascii: "{") else { return nil }
        position += 1
        var found: Range<Int>?
        while next == UInt8(ascii: "\"") {
            let start = position
            try string()
            let isWanted = bytes[start + 1..<position - 1].elementsEqual(name.utf8)
            // The colon.
            _ = next
            position += 1
            _ = next
            let valueStart = position
            try value()
            if isWanted { found = valueStart..<position }
            guard next == UInt8(ascii: ",") else { break }
            position += 1
        }
        return found
    }
}
