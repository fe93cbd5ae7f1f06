/// The kinds of character that pretokenizers and normalizers tell apart: Unicode's general categories, some of them
/// folded.
enum CharacterClass: UInt8, Sendable {
    /// Unassigned, and surrogates: `Cn`, `Cs`.
    case unassigned
    /// Controls, format characters and private use, if they are no whitespace: `Cc`, `Cf`, `Co`.
    case control
    /// `Lu` and `Lt`
    case uppercase
    /// `Ll`
    case lowercase
    /// Letters without case: `Lm` and `Lo`.
    case uncased
    /// `Nd`
    case digit
    /// `Nl`
    case letterNumber
    /// `\s`: the property White_Space, so the line feed and U+0085 too.
    case whitespace
    /// `\p{P}`
    case punctuation
    /// `\p{S}`
    case symbol
    /// `Mn`
    case nonspacingMark
    /// `Mc` and `Me`
    case otherMark
    /// `No`
    case otherNumber

    /// `\p{L}`
    @inline(__always) var isLetter: Bool { Self.letters >> rawValue & 1 == 1 }
    /// `\p{N}`
    @inline(__always) var isNumber: Bool { Self.numbers >> rawValue & 1 == 1 }
    /// `\p{M}`
    @inline(__always) var isMark: Bool { Self.marks >> rawValue & 1 == 1 }
    /// `[\p{L}\p{M}]`
    @inline(__always) var isLetterOrMark: Bool { (Self.letters | Self.marks) >> rawValue & 1 == 1 }
    /// `[\p{P}\p{S}]`
    @inline(__always) var isPunctuationOrSymbol: Bool { self == .punctuation || self == .symbol }
    /// `[^\s\p{L}\p{N}]`
    @inline(__always) var isSign: Bool { Self.words >> rawValue & 1 == 0 }
    /// `[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]`
    @inline(__always) var mayBeginCasedWord: Bool { ((Self.letters | Self.marks) & ~Self.lower) >> rawValue & 1 == 1 }
    /// `[\p{Ll}\p{Lm}\p{Lo}\p{M}]`
    @inline(__always) var mayEndCasedWord: Bool { ((Self.letters | Self.marks) & ~Self.upper) >> rawValue & 1 == 1 }

    // One bit a class.
    private static let upper: UInt16 = 1 << 2
    private static let lower: UInt16 = 1 << 3
    private static let letters: UInt16 = 0b111 << 2
    private static let numbers: UInt16 = 0b11 << 5 | 1 << 12
    private static let marks: UInt16 = 0b11 << 10
    private static let words: UInt16 = letters | numbers | 1 << 7
}
