/// SuperBPE's words: whole texts, but for numbers, of which digits are grouped by three, counted from the last.
///
///     \p{N}+
///     (?=(\d{3})+(?!\d))
struct SuperBPEPretokenizer: Pretokenizer {
    let names = ["superbpe"]
    let recipes: [[PretokenizerStep]] = [
        [.split(#"\p{N}+"#), .split(#"(?=(\d{3})+(?!\d))"#), .byteLevel(usesWords: false)]
    ]

    func forEachWord(in range: Range<Int>, of text: TextScanner, _ body: (Range<Int>) -> Void) {
        let isNumber = { (_: UInt32, kind: CharacterClass) in kind.isNumber }
        text.forEachStretch(in: range, where: isNumber) { stretch in
            guard text.character(at: stretch.lowerBound, limit: stretch.upperBound).kind.isNumber else {
                return body(stretch)
            }
            // Numbers that are no digits stay with what is before them.
            var start = stretch.lowerBound
            var position = start
            while position < stretch.upperBound {
                let digits = text.endOfRun(from: position, limit: stretch.upperBound) { $0 != .digit }
                let end = text.endOfRun(from: digits, limit: stretch.upperBound) { $0 == .digit }
                text.forEachDigitGroupFromTheRight(in: digits..<end) { group in
                    if text.countOfCharacters(in: group) < 3 { return }
                    if start < group.lowerBound { body(start..<group.lowerBound) }
                    start = group.lowerBound
                }
                position = end
            }
            if start < stretch.upperBound { body(start..<stretch.upperBound) }
        }
    }
}
