/// What a token is for, as `tokenizer.ggml.token_type` says and the special tokens' names correct.
struct TokenAttributes: OptionSet, Sendable {
    let rawValue: UInt8

    /// A piece of text.
    static let normal = TokenAttributes(rawValue: 1 << 0)
    /// Stands for what the vocabulary has no token for.
    static let unknown = TokenAttributes(rawValue: 1 << 1)
    /// Steers the model; no part of the text.
    static let control = TokenAttributes(rawValue: 1 << 2)
    /// Text that is always one token, found before any other.
    static let userDefined = TokenAttributes(rawValue: 1 << 3)
    /// One byte, written `<0xXX>`.
    static let byte = TokenAttributes(rawValue: 1 << 4)
    /// Fills the vocabulary up.
    static let unused = TokenAttributes(rawValue: 1 << 5)
    /// Its bytes are its name, which no merge can make: it is written in characters outside the byte alphabet.
    static let verbatim = TokenAttributes(rawValue: 1 << 6)

    init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The attributes of a token type; other numbers than these six mean a token that is never text.
    ///
    /// Source: the GGUF specification, "tokenizer.ggml.token_type".
    init(tokenType: Int) {
        switch tokenType {
        case 1: self = .normal
        case 2: self = .unknown
        case 3: self = .control
        case 4: self = .userDefined
        case 5: self = .unused
        case 6: self = .byte
        default: self = []
        }
    }

    /// Hidden unless special tokens are asked for, and never read from text unless they are parsed.
    var isHidden: Bool { !isDisjoint(with: [.control, .unknown]) }

    /// Looked for in text before anything else.
    var isSpecial: Bool { !isDisjoint(with: [.control, .unknown, .userDefined]) }
}
