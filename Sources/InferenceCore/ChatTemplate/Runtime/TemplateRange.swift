/// What `range()` makes.
final class TemplateRange: TemplateObject {
    let typeName = "range"
    let values: StrideTo<Int>
    private let start: Int
    private let stop: Int
    private let step: Int
    let length: Int

    /// The longest range that the sandbox allows.
    static let maximumCount = 100_000

    /// nil where the range would be too long. `step` is not 0.
    init?(start: Int, stop: Int, step: Int) {
        (self.start, self.stop, self.step) = (start, stop, step)
        values = stride(from: start, to: stop, by: step)
        let (first, last) = step > 0 ? (start, stop) : (stop, start)
        let (distance, overflow) = last.subtractingReportingOverflow(first)
        guard !overflow else { return nil }
        length = distance <= 0 ? 0 : Int((UInt(distance) - 1) / step.magnitude) + 1
        guard length <= Self.maximumCount else { return nil }
    }

    func count(_ interpreter: TemplateInterpreter) -> Int? {
        length
    }

    /// The range of the elements that `bounds` takes.
    func sliced(_ bounds: TemplateSliceBounds) -> TemplateRange {
        // Places inside of the range, or one beyond it, so nothing leaves 64 bits but the step of an empty slice.
        TemplateRange(
            start: start &+ bounds.start &* step, stop: start &+ bounds.stop &* step, step: step &* bounds.step)
            ?? self
    }

    func iterator(_ interpreter: TemplateInterpreter) -> TemplateIterator? {
        var iterator = values.makeIterator()
        return TemplateIterator(typeName: "range_iterator") { iterator.next().map { .integer($0) } }
    }

    func element(_ key: TemplateValue, _ interpreter: TemplateInterpreter) -> TemplateValue? {
        guard let index = key.index else { return nil }
        let position = index < 0 ? index &+ length : index
        return (0..<length).contains(position) ? .integer(start + position * step) : nil
    }

    func attribute(_ name: String, _ interpreter: TemplateInterpreter) -> TemplateValue? {
        switch name {
        case "start": .integer(start)
        case "stop": .integer(stop)
        case "step": .integer(step)
        default: nil
        }
    }

    func describe(_ interpreter: TemplateInterpreter) -> TemplateText {
        TemplateText(step == 1 ? "range(\(start), \(stop))" : "range(\(start), \(stop), \(step))")
    }
}
