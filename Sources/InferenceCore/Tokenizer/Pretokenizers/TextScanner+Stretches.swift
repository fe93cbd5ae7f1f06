/// Cutting by what characters are, where the pieces of one rule are the texts of the next.
extension TextScanner {
    /// Cuts the range where `belongs`, given a character's scalar value and class, changes.
    @inline(__always)
    func forEachStretch(
        in range: Range<Int>, where belongs: (UInt32, CharacterClass) -> Bool, _ body: (Range<Int>) -> Void
    ) {
        var start = range.lowerBound
        var end = start
        var belonged = false
        while end < range.upperBound {
            let next = scalar(at: end, limit: range.upperBound)
            let does = next.value != Self.noScalar && belongs(next.value, classes[next.value])
            if does != belonged, start < end {
                body(start..<end)
                start = end
            }
            belonged = does
            end = next.end
        }
        if start < end { body(start..<end) }
    }

    /// Cuts each three ASCII digits in a row out of the range.
    func forEachDigitGroup(in range: Range<Int>, _ body: (Range<Int>) -> Void) {
        var start = range.lowerBound
        var digits = 0
        for index in range {
            digits = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[index]) ? digits + 1 : 0
            guard digits == 3 else { continue }
            if start < index - 2 { body(start..<index - 2) }
            body(index - 2..<index + 1)
            start = index + 1
            digits = 0
        }
        if start < range.upperBound { body(start..<range.upperBound) }
    }
}
