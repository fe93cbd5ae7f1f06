extension InlineParser {
    /// The run of marks at a place, with what it may do by its neighbours.
    func mark(at position: Int, in line: Range<Int>) -> Mark {
        let character = bytes[position]
        var end = position
        while end < line.upperBound, bytes[end] == character { end += 1 }
        let before = position > line.lowerBound ? Neighbour(bytes[position - 1]) : .blank
        let after = end < line.upperBound ? Neighbour(bytes[end]) : .blank

        var mark = Mark(character: character, canOpen: false, canClose: false, free: end - position)
        if before == .word, after == .word { return mark }
        let isLeft = after != .blank && (after != .punctuation || before == .blank || before == .punctuation)
        let isRight = before != .blank && (before != .punctuation || after == .blank || after == .punctuation)
        if character == UInt8(ascii: "*") {
            mark.canOpen = isLeft
            // "**Note:**text" is common, and means what it looks like.
            mark.canClose = isRight || mark.free >= 2 && position > line.lowerBound && endsSentence(bytes[position - 1])
        } else {
            mark.canOpen = isLeft && (!isRight || before == .punctuation)
            mark.canClose = isRight && (!isLeft || after == .punctuation)
        }
        return mark
    }

    private func endsSentence(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: ":"), UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"): return true
        default: return false
        }
    }

    private enum Neighbour {
        case blank, punctuation, word
        /// Anything beyond ASCII, whose letters often stand without blanks between them.
        case other

        init(_ byte: UInt8) {
            switch byte {
            case 0x00...0x20: self = .blank
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: self = .word
            case 0x80...: self = .other
            default: self = .punctuation
            }
        }
    }

    /// Pairs the marks, innermost first: CommonMark's "process emphasis". Marks without a partner stay free. O(n),
    /// since what a search didn't find isn't searched for again.
    mutating func matchMarks() {
        var openers: [Int] = []
        /// For each kind of closing mark, the token up to which there is no opening one.
        var searched = [Int](repeating: -1, count: 12)
        for index in tokens.indices {
            guard case .mark(var closer) = tokens[index].kind else { continue }
            let length = closer.free
            let kind =
                (closer.character == UInt8(ascii: "*") ? 6 : 0) + (closer.canOpen ? 3 : 0) + length % 3
            while closer.canClose, closer.free > 0 {
                guard let place = opener(for: closer, length: length, among: openers, after: searched[kind]),
                    case .mark(var opener) = tokens[openers[place]].kind
                else {
                    searched[kind] = openers.last ?? searched[kind]
                    break
                }
                // Marks in between have lost their chance.
                openers.removeSubrange((place + 1)...)
                let isStrong = opener.free >= 2 && closer.free >= 2
                opener.free -= isStrong ? 2 : 1
                closer.free -= isStrong ? 2 : 1
                if isStrong {
                    opener.openedStrong += 1
                    closer.closedStrong += 1
                } else {
                    opener.openedEmphasis += 1
                    closer.closedEmphasis += 1
                }
                tokens[openers[place]].kind = .mark(opener)
                if opener.free == 0 { openers.removeLast() }
            }
            tokens[index].kind = .mark(closer)
            if closer.canOpen, closer.free > 0 { openers.append(index) }
        }
    }

    private func opener(for closer: Mark, length: Int, among openers: [Int], after bound: Int) -> Int? {
        for place in openers.indices.reversed() {
            guard openers[place] > bound else { return nil }
            guard case .mark(let opener) = tokens[openers[place]].kind, opener.character == closer.character else {
                continue
            }
            // A run that may both open and close pairs only where the lengths leave no doubt.
            let opened = tokens[openers[place]].range.count
            let isDoubtful = (opener.canClose || closer.canOpen) && (opened + length) % 3 == 0
            if !isDoubtful || opened % 3 == 0 && length % 3 == 0 { return place }
        }
        return nil
    }
}
