/// The kinds of character that pretokenizers tell apart: Unicode's general categories, folded.
enum CharacterClass: UInt8, Sendable {
    /// Controls, format characters, private use and everything unassigned.
    case other
    /// `\p{L}`
    case letter
    /// `\p{N}`
    case number
    /// `\s`: the property White_Space, so the line feed and U+0085 too.
    case whitespace
    /// `\p{P}`
    case punctuation
    /// `\p{S}`
    case symbol
    /// `\p{M}`
    case mark

    /// `[^\s\p{L}\p{N}]`
    var isSign: Bool {
        switch self {
        case .letter, .number, .whitespace: false
        case .other, .punctuation, .symbol, .mark: true
        }
    }
}
