import Foundation
import Screen

/// What is sent to the terminal for a cell.
///
/// Terminals disagree about the width of emoji made of several scalars, so only what all agree on is sent: the first
/// emoji of a joined or toned one, and a base without its variation selector. The two letters of a flag are sent as
/// they are: each takes one column everywhere.
enum CellText {
    /// One base scalar with its marks, and the columns it takes.
    struct Piece: Equatable {
        var scalars: [UInt32]
        var columns: Int
    }

    static func pieces(of glyph: Character, columns: Int) -> [Piece] {
        let scalars = glyph.unicodeScalars.map(\.value)
        guard let base = scalars.first else { return [Piece(scalars: [0x20], columns: columns)] }
        guard scalars.count > 1 else { return [Piece(scalars: scalars, columns: columns)] }
        if isRegional(base), isRegional(scalars[1]) {
            return [Piece(scalars: [base], columns: 1), Piece(scalars: [scalars[1]], columns: 1)]
        }
        let marks = scalars.dropFirst().prefix { $0 != 0x200D && !isTone($0) && !isTag($0) }
        return [Piece(scalars: [base] + marks.filter { !isSelector($0) }, columns: columns)]
    }

    /// A glyph that says much the same in ASCII, in as many columns: its letter followed by a blank where it is wide.
    static func ascii(_ glyph: Character, columns: Int) -> [Piece] {
        if glyph.isASCII { return pieces(of: glyph, columns: columns) }
        let question: Character = "?"
        let form = glyph.unicodeScalars.first.flatMap { asciiForms[$0.value] } ?? base(of: glyph)
        let padding = form == nil ? question : " "
        return (0..<columns).map { column in
            Piece(scalars: (column == 0 ? form ?? question : padding).unicodeScalars.map(\.value), columns: 1)
        }
    }

    /// The letter under an accent, or of a fullwidth form.
    private static func base(of glyph: Character) -> Character? {
        let decomposed = String(glyph).decomposedStringWithCompatibilityMapping
        guard let first = decomposed.unicodeScalars.first, first.isASCII else { return nil }
        return Character(first)
    }

    private static func isRegional(_ value: UInt32) -> Bool { (0x1F1E6...0x1F1FF).contains(value) }
    private static func isTone(_ value: UInt32) -> Bool { (0x1F3FB...0x1F3FF).contains(value) }
    private static func isTag(_ value: UInt32) -> Bool { (0xE0020...0xE007F).contains(value) }
    private static func isSelector(_ value: UInt32) -> Bool { (0xFE00...0xFE0F).contains(value) }

    private static let asciiForms: [UInt32: Character] = {
        let pairs: [(String, Character)] = [
            ("─━┄┅┈┉╌╍═╴╶╸╺‐‑‒–—―−", "-"), ("│┃┆┇┊┋╎╏║╵╷╹╻¦", "|"),
            ("┌┍┎┏┐┑┒┓└┕┖┗┘┙┚┛├┝┞┟┠┡┢┣┤┥┦┧┨┩┪┫┬┭┮┯┰┱┲┳┴┵┶┷┸┹┺┻┼╀╁╂╃╄╅╆╇╈╉╊╋", "+"),
            ("╔╗╚╝╠╣╦╩╬╒╓╕╖╘╙╛╜╞╟╡╢╤╥╧╨╪╫╭╮╯╰", "+"), ("╱⁄", "/"), ("╲", "\\"), ("╳×✕✖", "x"),
            ("█▉▊▋▇▆▓■◼●", "#"), ("▅▄▌▍▒", "="), ("▃▂▎▏░", "-"), ("▁", "_"), ("□◻○◦", "o"), ("•·∙⋅‣◆★☆✦", "*"),
            ("…", "."), ("‹⟨«〈〔◀◂←⇐", "<"), ("›⟩»〉〕▶▸→⇒", ">"), ("↑▲▴⇑", "^"), ("↓▼▾⇓", "v"), ("↵⏎", "<"),
            ("‘’‚‛′`´", "'"), ("“”„‟″", "\""), ("✓✔", "+"), ("✗✘", "x"), ("≈∼", "~"), ("≤", "<"), ("≥", ">"),
            ("\u{A0}\u{2002}\u{2003}\u{2007}\u{2009}\u{202F}\u{3000}", " "), ("␛", "^"), ("Δ", "d"), ("µμ", "u"),
        ]
        var forms: [UInt32: Character] = [:]
        for (glyphs, form) in pairs {
            for scalar in glyphs.unicodeScalars { forms[scalar.value] = form }
        }
        return forms
    }()
}
