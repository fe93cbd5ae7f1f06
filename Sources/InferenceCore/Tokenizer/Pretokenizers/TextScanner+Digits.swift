/// Digits counted from the right, and what they stand before.
extension TextScanner {
    /// Cuts a run of digits (`\d`) in groups of three, the first of which may be shorter.
    func forEachDigitGroupFromTheRight(in range: Range<Int>, _ body: (Range<Int>) -> Void) {
        var left = countOfCharacters(in: range)
        var start = range.lowerBound
        while left > 0 {
            let count = (left - 1) % 3 + 1
            var end = start
            for _ in 0..<count { end = scalar(at: end, limit: range.upperBound).end }
            body(start..<end)
            start = end
            left -= count
        }
    }

    func countOfCharacters(in range: Range<Int>) -> Int {
        var count = 0
        var position = range.lowerBound
        while position < range.upperBound {
            position = scalar(at: position, limit: range.upperBound).end
            count += 1
        }
        return count
    }

    /// Whether the character at `offset` is one that `\w` matches.
    ///
    /// Source: UTS #18, "Compatibility Properties", and Oniguruma, which has Latin-1's numbers beside.
    func isWordCharacter(at offset: Int, limit: Int) -> Bool {
        let scalar = scalar(at: offset, limit: limit).value
        guard scalar != Self.noScalar else { return false }
        let kind = classes[scalar]
        if kind.isLetterOrMark || kind == .digit || kind == .letterNumber { return true }
        switch scalar {
        case 0x5F, 0x203F, 0x2040, 0x2054, 0xFE33, 0xFE34, 0xFE4D...0xFE4F, 0xFF3F: return true
        case 0xB2, 0xB3, 0xB9, 0xBC...0xBE: return true
        case 0x24B6...0x24E9, 0x1F130...0x1F149, 0x1F150...0x1F169, 0x1F170...0x1F189: return true
        default: return false
        }
    }
}
