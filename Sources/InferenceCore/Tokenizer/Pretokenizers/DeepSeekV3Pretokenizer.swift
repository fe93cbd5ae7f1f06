/// DeepSeek V3's and R1's words: three rules, each applied to the pieces that the one before it left.
///
///     \p{N}{1,3}
///     [一-龥぀-ゟ゠-ヿ]+
///     [!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+[\r\n]*
///     |\s*[\r\n]+|\s+(?!\S)|\s+
struct DeepSeekV3Pretokenizer: Pretokenizer {
    let names = ["deepseek-v3", "hunyuan-dense", "joyai-llm", "hy_v4"]
    let recipes: [[PretokenizerStep]] = [
        [
            .split(PublishedExpression.number), .split("[一-龥\u{3040}-ゟ゠-ヿ]+"),
            .split(
                ##"[!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^"## + "\r\n"
                    + #"\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+["# + "\r\n" + #"]*|\s*["# + "\r\n"
                    + #"]+|\s+(?!\S)|\s+"#),
            .byteLevel(usesWords: false),
        ]
    ]

    func forEachWord(in range: Range<Int>, of text: TextScanner, _ body: (Range<Int>) -> Void) {
        let ideographs = { Self.endOfIdeographs(at: $0, limit: $1, in: text) }
        let word = { Self.endOfWord(at: $0, limit: $1, in: text) }
        text.forEachNumberPiece(in: range, longest: 3) { piece, isNumber in
            if isNumber { return body(piece) }
            text.forEachPiece(in: piece, matching: ideographs) { text.forEachPiece(in: $0, matching: word, body) }
        }
    }

    private static func endOfIdeographs(at offset: Int, limit: Int, in text: TextScanner) -> Int? {
        guard text.bytes[offset] >= 0xE3 else { return nil }
        let end = text.endOfScalars(from: offset, limit: limit) {
            (0x4E00...0x9FA5).contains($0) || (0x3040...0x30FF).contains($0)
        }
        return end > offset ? end : nil
    }

    private static func endOfWord(at start: Int, limit: Int, in text: TextScanner) -> Int? {
        let byte = text.bytes[start]
        let first = text.character(at: start, limit: limit)
        if first.kind.isLetterOrMark { return text.endOfRun(from: first.end, limit: limit) { $0.isLetterOrMark } }
        let isSign = first.kind.isPunctuationOrSymbol
        if isSign, byte < 0x80, first.end < limit, isASCIILetter(text.bytes[first.end]) {
            var end = first.end + 1
            while end < limit, isASCIILetter(text.bytes[end]) { end += 1 }
            return end
        }
        let second = first.end < limit ? text.character(at: first.end, limit: limit) : nil
        if let second, second.kind.isLetterOrMark, !isSign, !TextScanner.isLineBreak(byte) {
            return text.endOfRun(from: second.end, limit: limit) { $0.isLetterOrMark }
        }
        if isSign { return endOfSigns(from: first.end, limit: limit, in: text) }
        if let second, second.kind.isPunctuationOrSymbol, byte == UInt8(ascii: " ") {
            return endOfSigns(from: second.end, limit: limit, in: text)
        }
        return first.kind == .whitespace ? text.endOfWhitespaceOrLines(from: start, limit: limit) : nil
    }

    private static func endOfSigns(from offset: Int, limit: Int, in text: TextScanner) -> Int {
        var end = text.endOfRun(from: offset, limit: limit) { $0.isPunctuationOrSymbol }
        while end < limit, TextScanner.isLineBreak(text.bytes[end]) { end += 1 }
        return end
    }

    private static func isASCIILetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
}
