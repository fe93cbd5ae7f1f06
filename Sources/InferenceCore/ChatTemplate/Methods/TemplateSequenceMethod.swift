/// The methods of lists and tuples that change nothing.
enum TemplateSequenceMethod {
    typealias Method = TemplateMethod<TemplateSequence>

    static let named = Method.byName([
        Method("index", ["value", "start?", "stop?"]) { (sequence, arguments, interpreter) throws(ChatTemplateError) in
            let count = sequence.elements.count
            let start = try interpreter.integer(arguments, "start", default: 0)
            let stop = try interpreter.integer(arguments, "stop", default: count)
            let bounds = TemplateSliceBounds(start: start, stop: stop, step: 1, count: count)
            for index in bounds.indices
            where try interpreter.isEqual(sequence.elements[index], arguments["value"] ?? .none) {
                return .integer(index)
            }
            throw interpreter.failure(.value, "the value is not in the list")
        },
        Method("count", ["value"]) { (sequence, arguments, interpreter) throws(ChatTemplateError) in
            var count = 0
            for element in sequence.elements where try interpreter.isEqual(element, arguments["value"] ?? .none) {
                count += 1
            }
            return .integer(count)
        },
        Method("copy", []) { (sequence, _, interpreter) throws(ChatTemplateError) in
            try interpreter.list(sequence.elements)
        },
    ])

    /// The methods of lists that change them, which the sandbox withholds.
    static let withheld: Set<String> = [
        "append", "clear", "pop", "reverse", "insert", "sort", "extend", "remove",
    ]
}
