/// What goes into one cell: a base with its marks, one or two columns wide.
///
/// Most characters are one glyph. A control character becomes the glyphs that stand for it, a cluster of several
/// spacing scalars (an Indic conjunct) takes a cell for each of them, and characters without any form take none.
struct Glyph: Equatable {
    var character: Character
    var columns: Int
    /// Stands for a control character.
    var isReplacement = false

    /// The glyph of a character that stands in a cell of its own: the first one, a blank where there is none.
    static func first(of character: Character) -> Glyph {
        if character.isASCII, character >= " ", character <= "~" { return Glyph(character: character, columns: 1) }
        if character.isLineOrBlock { return Glyph(character: character, columns: 1) }
        var first: Glyph?
        forEach(in: character) { if first == nil { first = $0 } }
        return first ?? Glyph(character: " ", columns: 1)
    }

    /// Calls the body with each glyph of a character, in order.
    static func forEach(in character: Character, _ body: (Glyph) -> Void) {
        if character.isLineOrBlock { return body(Glyph(character: character, columns: 1)) }
        let scalars = character.unicodeScalars
        guard let first = scalars.first else { return }
        if VisibleText.needsReplacement(character) {
            for scalar in scalars {
                guard let replacement = VisibleText.replacement(for: scalar) else {
                    body(Glyph(character: Character(scalar), columns: max(1, TextWidth.columns(of: scalar))))
                    continue
                }
                for glyph in replacement { body(Glyph(character: glyph, columns: 1, isReplacement: true)) }
            }
        } else if scalars.index(after: scalars.startIndex) == scalars.endIndex {
            forSingle(first, body)
        } else if isEmojiSequence(scalars) {
            body(Glyph(character: character, columns: 2))
        } else {
            forCluster(scalars, body)
        }
    }

    private static func forSingle(_ scalar: Unicode.Scalar, _ body: (Glyph) -> Void) {
        switch TextWidth.columns(of: scalar) {
        case 0 where scalar.properties.generalCategory == .format: return
        case 0: body(Glyph(character: onDottedCircle(scalar), columns: 1))
        case let columns: body(Glyph(character: Character(scalar), columns: columns))
        }
    }

    private static func forCluster(_ scalars: Character.UnicodeScalarView, _ body: (Glyph) -> Void) {
        var pending = String.UnicodeScalarView()
        var columns = 0
        for scalar in scalars {
            let width = TextWidth.columns(of: scalar)
            if width > 0, columns > 0 {
                body(Glyph(character: Self.character(of: pending), columns: columns))
                pending.removeAll()
                columns = 0
            }
            if pending.isEmpty, width == 0 {
                pending.append(contentsOf: onDottedCircle(scalar).unicodeScalars)
                columns = 1
            } else {
                pending.append(scalar)
                columns = max(columns, width)
            }
        }
        guard columns > 0 else { return }
        body(Glyph(character: Self.character(of: pending), columns: columns))
    }

    /// A mark that has no base of its own is shown on a dotted circle, as Unicode's charts do; what doesn't combine
    /// with one (a vowel of conjoining Hangul) is shown as U+FFFD.
    private static func onDottedCircle(_ mark: Unicode.Scalar) -> Character {
        let text = "\u{25CC}" + String(mark)
        return text.count == 1 ? text[text.startIndex] : "\u{FFFD}"
    }

    /// Scalars that stand in one cell, as one character.
    private static func character(of scalars: String.UnicodeScalarView) -> Character {
        String(scalars).first ?? " "
    }

    /// Whether several scalars make one pictograph: with a variation selector, joined, toned, a flag or a keycap.
    private static func isEmojiSequence(_ scalars: Character.UnicodeScalarView) -> Bool {
        guard let first = scalars.first, first.properties.isEmoji else { return false }
        return scalars.dropFirst().contains { scalar in
            switch scalar.value {
            case 0xFE0F, 0x1F1E6...0x1F1FF, 0x1F3FB...0x1F3FF, 0xE0020...0xE007F: return true
            case 0x200D: return WideRanges.contains(first)
            default: return false
            }
        }
    }
}

extension Character {
    /// Box drawing and block elements, U+2500 to U+259F: most of a screen that isn't text, told by their bytes.
    fileprivate var isLineOrBlock: Bool {
        var bytes = utf8.makeIterator()
        guard bytes.next() == 0xE2, let second = bytes.next(), (0x94...0x96).contains(second), let third = bytes.next()
        else { return false }
        return (second < 0x96 || third < 0xA0) && bytes.next() == nil
    }
}
