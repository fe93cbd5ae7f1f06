/// Python's slices, over code points here and over elements elsewhere.
struct TemplateSliceBounds {
    let start: Int
    let stop: Int
    let step: Int

    /// The bounds for a sequence of `count` elements, as `slice.indices` computes them. `step` is not 0.
    init(start: Int?, stop: Int?, step: Int, count: Int) {
        let (lowest, highest) = step < 0 ? (-1, count - 1) : (0, count)
        func clamped(_ index: Int) -> Int {
            index < 0 ? max(index &+ count, lowest) : min(index, highest)
        }
        self.start = start.map(clamped) ?? (step < 0 ? highest : lowest)
        self.stop = stop.map(clamped) ?? (step < 0 ? lowest : highest)
        self.step = step
    }

    /// The positions in the order in which the slice takes them.
    var indices: StrideTo<Int> {
        stride(from: start, to: stop, by: step)
    }
}

extension TemplateText {
    /// The code points that `bounds` takes.
    func sliced(_ bounds: TemplateSliceBounds) -> TemplateText {
        var result = TemplateText(isMarkup: isMarkup)
        if bounds.step == 1 {
            guard bounds.start < bounds.stop else { return result }
            let start = byteOffset(of: bounds.start)
            let end = byteOffset(of: bounds.stop - bounds.start, from: start)
            result.bytes = Array(bytes[start..<end])
            return result
        }
        let scalars = scalars
        for index in bounds.indices { result.append(scalar: scalars[index]) }
        return result
    }

    /// Where the code point `count` places after the one at byte `start` begins.
    func byteOffset(of count: Int, from start: Int = 0) -> Int {
        var offset = start
        var remaining = count
        while remaining > 0, offset < bytes.count {
            offset += 1
            while offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
            remaining -= 1
        }
        return offset
    }

    /// How many code points stand before byte `offset`.
    func scalarOffset(of offset: Int) -> Int {
        bytes[..<offset].count { $0 & 0xC0 != 0x80 }
    }
}
