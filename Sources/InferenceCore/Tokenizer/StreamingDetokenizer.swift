/// Turns tokens into text as they arrive, and gives out only whole characters.
///
/// A token can end in the middle of a UTF-8 sequence: the beginning of the sequence waits for the rest of it. What
/// `append` and `finish` return, put together, is what `Tokenizer.decode` makes of all the tokens.
public struct StreamingDetokenizer: Sendable {
    private let tokenizer: Tokenizer
    private let renderSpecial: Bool
    /// Bytes of a sequence that isn't finished, at most.
    static let longestUnfinished = 3
    /// The beginning of a sequence.
    private var pending: [UInt8] = []

    public init(tokenizer: Tokenizer) {
        self.init(tokenizer: tokenizer, renderSpecial: false)
    }

    /// - Parameter renderSpecial: Give special tokens out by name, too.
    public init(tokenizer: Tokenizer, renderSpecial: Bool) {
        self.tokenizer = tokenizer
        self.renderSpecial = renderSpecial
    }

    /// The text that is certain now that this token has come: possibly empty.
    public mutating func append(_ token: TokenID) -> String {
        tokenizer.append(token, renderSpecial: renderSpecial, to: &pending)
        let certain = pending.count - Self.countOfUnfinishedBytes(at: pending)
        defer { pending.removeFirst(certain) }
        return String(decoding: pending[..<certain], as: UTF8.self)
    }

    /// What is left once no more tokens come: U+FFFD for a sequence that was never finished.
    public mutating func finish() -> String {
        defer { pending = [] }
        return String(decoding: pending, as: UTF8.self)
    }

    /// How many bytes at the end are the beginning of a well-formed sequence that more bytes could finish.
    ///
    /// Source: the Unicode Standard, table 3-7: which second bytes each first byte allows.
    static func countOfUnfinishedBytes(at bytes: [UInt8]) -> Int {
        for count in 1...3 where count <= bytes.count {
            let start = bytes.count - count
            let first = bytes[start]
            if first & 0xC0 == 0x80 { continue }
            let length: Int
            switch first {
            case 0xC2...0xDF: length = 2
            case 0xE0...0xEF: length = 3
            case 0xF0...0xF4: length = 4
            default: return 0
            }
            guard count < length else { return 0 }
            if count >= 2, !allowsSecond(bytes[start + 1], after: first) { return 0 }
            return count
        }
        return 0
    }

    private static func allowsSecond(_ second: UInt8, after first: UInt8) -> Bool {
        switch first {
        case 0xE0: second >= 0xA0
        case 0xED: second < 0xA0
        case 0xF0: second >= 0x90
        case 0xF4: second < 0x90
        default: true
        }
    }
}
