extension String {
    /// The text with every character shown that would steer a reader's program instead of being read: control characters
    /// but line breaks and tabs, and those that turn the direction of what follows.
    var visible: String {
        guard unicodeScalars.contains(where: { $0.needsToBeShown }) else { return self }
        var text = ""
        for scalar in unicodeScalars {
            switch scalar.value {
            case _ where !scalar.needsToBeShown: text.unicodeScalars.append(scalar)
            case 0x00..<0x20: text.unicodeScalars.append(Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}")
            case 0x7F: text += "\u{2421}"
            default: text += "⟨U+\(String(scalar.value, radix: 16, uppercase: true))⟩"
            }
        }
        return text
    }

    /// The same as a part of a line.
    var visibleOnOneLine: String {
        visible.replacing("\n", with: "␊").replacing("\t", with: "␉")
    }
}

extension Unicode.Scalar {
    fileprivate var needsToBeShown: Bool {
        switch value {
        case 0x09, 0x0A: false
        case 0x00..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
