/// Falcon's words: runs of punctuation and of digits are cut out of GPT-2's words, and of the digits each three.
///
///     Punctuation, contiguous
///     (GPT-2's words)
///     Digits
///     [0-9][0-9][0-9]
///
/// The digits are those of the text already written in the byte alphabet, in which the bytes B2, B3, B9 and BC to BE,
/// whatever character they belong to, are the number characters ², ³, ¹, ¼, ½ and ¾. llama.cpp has no such step.
struct FalconPretokenizer: Pretokenizer {
    let names = ["falcon"]
    let recipes: [[PretokenizerStep]] = [
        [.punctuation, .byteLevel(usesWords: true), .digits(individually: false), .split("[0-9][0-9][0-9]")]
    ]

    private let words = GPT2Pretokenizer()

    func forEachWord(in range: Range<Int>, of text: TextScanner, _ body: (Range<Int>) -> Void) {
        text.forEachStretch(in: range, where: UnicodeCategories8.isPunctuation) { stretch in
            words.forEachWord(in: stretch, of: text) { word in
                var start = word.lowerBound
                while start < word.upperBound {
                    let isDigit = Self.isDigit(text.bytes[start])
                    var end = start + 1
                    while end < word.upperBound, Self.isDigit(text.bytes[end]) == isDigit { end += 1 }
                    if isDigit { text.forEachDigitGroup(in: start..<end, body) } else { body(start..<end) }
                    start = end
                }
            }
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), 0xB2, 0xB3, 0xB9, 0xBC...0xBE: true
        default: false
        }
    }
}
