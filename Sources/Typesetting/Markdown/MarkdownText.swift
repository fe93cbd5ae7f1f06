/// Text that is safe within Markdown.
public enum MarkdownText {
    /// A line, or a part of one, without any markup. What can't be markup at its place stays as it is.
    ///
    /// Besides CommonMark 0.31 it knows what common readers add: tables, struck-out text, bare addresses, emoji by name,
    /// formulas. A backslash may stand before any ASCII punctuation.
    public static func escape(_ text: String) -> String {
        // By scalars: an accent on a sign doesn't keep it from being markup. Spaces at the beginning mean nothing, or code.
        let line = Array(text.visibleOnOneLine.unicodeScalars.drop { $0 == " " })
        let hasFormulas = line.count { $0 == "$" } > 1
        var escaped = String.UnicodeScalarView()
        for (index, scalar) in line.enumerated() {
            let place = Place(before: line[..<index], after: line[(index + 1)...])
            if scalar == "$" ? hasFormulas : place.isMarkup(scalar) { escaped.append("\\") }
            escaped.append(scalar)
        }
        return String(escaped)
    }

    /// A block in which nothing is markup: its fence is longer than any row of backticks in the text.
    public static func fence(_ text: String) -> String {
        var (longest, current) = (2, 0)
        for character in text.utf8 {
            current = character == UInt8(ascii: "`") ? current + 1 : 0
            longest = max(longest, current)
        }
        let fence = String(repeating: "`", count: longest + 1)
        return "\(fence)text\n\(text.visible)\n\(fence)"
    }
}

extension MarkdownText {
    /// What stands on both sides of a sign.
    private struct Place {
        let before: ArraySlice<Unicode.Scalar>
        let after: ArraySlice<Unicode.Scalar>

        private var isFirst: Bool { before.isEmpty }
        /// Whether a space or the end of the line follows, as behind the mark of a list's item.
        private var endsWord: Bool { after.first == nil || after.first == " " }

        /// Whether a sign may begin markup here.
        func isMarkup(_ sign: Unicode.Scalar) -> Bool {
            switch sign {
            // A link's end is none without its beginning, and its address none without the link.
            case "\\", "`", "*", "[", "|", "~": true
            case "_": !(before.last.isLetterOrDigit && after.first.isLetterOrDigit)
            case "<": !endsWord
            case "&": begins(nameBefore: ";")
            case ">": isFirst
            case "#": isFirst || before.last == " "
            case "+": isFirst && endsWord
            case "-": isFirst && (endsWord || after.first == "-")
            case ")": endsNumber
            case ".": endsNumber || before.suffix(3).elementsEqual("www".unicodeScalars)
            case "@": before.last.isLetterOrDigit && after.first.isLetterOrDigit
            case ":": after.starts(with: "//".unicodeScalars) || begins(nameBefore: ":")
            default: false
            }
        }

        /// Whether there is only a number before, as in the mark of a numbered item.
        private var endsNumber: Bool { !isFirst && endsWord && before.allSatisfy { ("0"..."9").contains($0) } }

        /// Whether a name follows, of a character or an emoji, and what ends it.
        private func begins(nameBefore end: Unicode.Scalar) -> Bool {
            let name = after.prefix { Optional($0).isLetterOrDigit || "#_+-".unicodeScalars.contains($0) }
            return !name.isEmpty && after.dropFirst(name.count).first == end
        }
    }
}

extension Unicode.Scalar? {
    /// Of ASCII: readers differ in what else they take for one.
    fileprivate var isLetterOrDigit: Bool {
        switch self {
        case .some("a"..."z"), .some("A"..."Z"), .some("0"..."9"): true
        default: false
        }
    }
}
