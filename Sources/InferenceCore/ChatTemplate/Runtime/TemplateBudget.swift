/// What one rendering may spend, so that no template can hang the program or exhaust its memory.
public struct TemplateBudget: Sendable, Equatable {
    /// How many expressions, statements and elements may be looked at.
    public var steps = 10_000_000
    /// How many bytes may be made, all values together, whether they are still in use or not.
    public var bytes = 1 << 28
    /// How long one text may be, the rendered prompt included, in bytes.
    public var textBytes = 1 << 24
    /// How deep statements, expressions and macros may be at work in each other. The stack suffices for 500.
    public internal(set) var depth = 500
    /// How deep lists, dictionaries and iterators may nest.
    public internal(set) var valueDepth = 200

    /// Far more than any conversation needs, and about a quarter of a gigabyte at most.
    public init() {}
}

extension TemplateInterpreter {
    /// Takes steps from the budget.
    func spend(_ steps: Int = 1) throws(ChatTemplateError) {
        budget.steps -= steps
        guard budget.steps >= 0 else { throw failure(.limit, "the template takes too many steps") }
    }

    /// Takes the memory of a text from the budget, and steps for touching it.
    func allocate(bytes: Int) throws(ChatTemplateError) {
        guard bytes <= limits.textBytes else {
            throw failure(.limit, "a value would take more than \(limits.textBytes) bytes")
        }
        budget.bytes -= bytes
        guard budget.bytes >= 0 else {
            throw failure(.limit, "the template makes more than \(limits.bytes) bytes of values")
        }
        try touch(bytes: bytes)
    }

    /// Fails where a text grew longer than the bounds allow.
    func checkLength(of text: TemplateText) throws(ChatTemplateError) {
        guard text.bytes.count <= limits.textBytes else {
            throw failure(.limit, "a text is longer than \(limits.textBytes) bytes")
        }
    }

    /// Takes steps for what a filter, test or method does with a text, which may look at each code point.
    func work(on text: TemplateText) throws(ChatTemplateError) {
        try spend(text.bytes.count / 8)
    }

    /// Takes steps for reading through a text.
    func touch(bytes: Int) throws(ChatTemplateError) {
        try spend(bytes / 64)
    }

    /// What an element takes on average: the value itself and a short text on the heap.
    private static let elementBytes = 64

    /// Takes the memory of a collection's elements from the budget.
    func allocate(elements: Int) throws(ChatTemplateError) {
        let (bytes, overflow) = elements.multipliedReportingOverflow(by: Self.elementBytes)
        try allocate(bytes: overflow ? .max : bytes)
    }

    func checkDepth(_ depth: Int) throws(ChatTemplateError) {
        guard depth <= limits.valueDepth else {
            throw failure(.limit, "values nest deeper than \(limits.valueDepth) levels")
        }
    }

    /// Runs `body` one level deeper.
    func deeper<Result>(_ body: () throws(ChatTemplateError) -> Result) throws(ChatTemplateError) -> Result {
        guard depth < limits.depth else {
            throw failure(.limit, "the template recurses deeper than \(limits.depth) levels")
        }
        depth += 1
        defer { depth -= 1 }
        return try body()
    }
}
