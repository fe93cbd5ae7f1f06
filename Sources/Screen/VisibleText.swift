/// Makes text from outside safe to show: whatever could steer a terminal or hide its order becomes a visible glyph.
public enum VisibleText {
    /// The text with C0 and C1 controls, DEL, line separators, bidirectional overrides and stray tag characters
    /// replaced by visible glyphs ("␛", "⟨202E⟩"). Escape sequences lose their escape and are read as text. Line
    /// feeds and tabs stay, for ``Wrap`` to lay out; CR LF becomes a line feed.
    public static func of(_ untrusted: String) -> String {
        if untrusted.utf8.allSatisfy({ ($0 >= 0x20 && $0 < 0x7F) || $0 == 0x0A || $0 == 0x09 }) { return untrusted }
        var visible = ""
        visible.reserveCapacity(untrusted.utf8.count)
        for character in untrusted {
            if character == "\n" || character == "\t" {
                visible.append(character)
            } else if character == "\r\n" {
                visible.append("\n")
            } else if needsReplacement(character) {
                for scalar in character.unicodeScalars { visible += replacement(for: scalar) ?? String(scalar) }
            } else {
                visible.append(character)
            }
        }
        return visible
    }

    /// Whether any scalar of the character must not reach a screen as it is. Tags are harmless where they spell a
    /// flag, which begins with U+1F3F4.
    static func needsReplacement(_ character: Character) -> Bool {
        let isFlag = character.unicodeScalars.first?.value == 0x1F3F4
        return character.unicodeScalars.contains { scalar in
            replacement(for: scalar) != nil && !(isFlag && (0xE0020...0xE007F).contains(scalar.value))
        }
    }

    /// What is shown instead of a scalar, or nil where the scalar shows itself.
    static func replacement(for scalar: Unicode.Scalar) -> String? {
        switch scalar.value {
        case 0x20...0x7E: return nil
        case 0..<0x20: return picture(0x2400 + scalar.value)
        case 0x7F: return picture(0x2421)
        case 0x80...0x9F,  // C1
            0x2028, 0x2029,  // line and paragraph separators
            0x202A...0x202E, 0x2066...0x2069, 0x206A...0x206F,  // bidirectional embeddings, overrides, isolates
            0xFFF9...0xFFFB,  // interlinear annotations
            0xE0000...0xE007F:  // tags
            return "⟨" + String(scalar.value, radix: 16, uppercase: true) + "⟩"
        default: return nil
        }
    }

    private static func picture(_ value: UInt32) -> String {
        Unicode.Scalar(value).map { String($0) } ?? "\u{FFFD}"
    }
}
