extension TemplateInterpreter {
    func execute(_ loop: TemplateLoop, _ activation: TemplateActivation) throws(ChatTemplateError) -> Flow {
        let iterable = try evaluate(loop.iterable, activation)
        guard loop.isRecursive else { return try run(loop, over: iterable, activation, level: 0) }
        try recurse(loop, over: iterable, activation, level: 0)
        return .onward
    }

    /// One level of a recursive loop, with variables of its own.
    func recurse(
        _ loop: TemplateLoop, over iterable: TemplateValue, _ activation: TemplateActivation, level: Int
    ) throws(ChatTemplateError) {
        let inner = newActivation(for: loop.body.scope, in: activation)
        _ = try run(loop, over: iterable, inner, level: level)
    }

    private func run(
        _ loop: TemplateLoop, over iterable: TemplateValue, _ activation: TemplateActivation, level: Int
    ) throws(ChatTemplateError) -> Flow {
        let outer = loop.isRecursive ? activation.parent ?? activation : activation
        var source = iterable
        if let test = loop.test { source = try filtered(iterable, loop, test, outer) }
        let context = TemplateLoopContext(
            source, iterator: try iterate(source), level: level,
            recursion: loop.isRecursive ? (loop, outer) : nil)
        let seesLoop = scopes.variables[loop.loopName.reference] != nil
        var hasCompleted = false
        while let item = try context.advance(self) {
            try spend()
            try enter(loop.body.scope, activation)
            try assign(item, to: loop.target, activation)
            if seesLoop { set(loop.loopName, .object(context), activation) }
            let flow = try execute(loop.body.statements, activation)
            if flow == .leaveLoop { break }
            // As in Python: the else is skipped once a pass has run to its end.
            if flow == .onward { hasCompleted = true }
        }
        leave(loop.body.scope, activation)
        guard !hasCompleted, !loop.otherwise.statements.isEmpty else { return .onward }
        try enter(loop.otherwise.scope, activation)
        let flow = try execute(loop.otherwise.statements, activation)
        leave(loop.otherwise.scope, activation)
        return flow
    }

    /// The elements that pass the loop's `if`, tested when they are asked for.
    private func filtered(
        _ iterable: TemplateValue, _ loop: TemplateLoop, _ test: TemplateExpression, _ activation: TemplateActivation
    ) throws(ChatTemplateError) -> TemplateValue {
        let iterator = try iterate(iterable)
        let inner = newActivation(for: loop.testScope, in: activation)
        try enter(loop.testScope, inner)
        return try generator(over: iterable) { [self] () throws(ChatTemplateError) in
            while let item = try iterator.next(self) {
                try assign(item, to: loop.testTarget, inner)
                if try isTrue(try evaluate(test, inner)) { return item }
            }
            return nil
        }
    }
}

/// What a loop's body sees as `loop`.
final class TemplateLoopContext: TemplateObject {
    let typeName = "LoopContext"
    let depth: Int
    private let source: TemplateValue
    private let iterator: TemplateIterator
    private let level: Int
    private let recursion: (loop: TemplateLoop, activation: TemplateActivation)?
    private var index = -1
    /// Values that were taken from the iterator early, for `last`, `nextitem` or `length`.
    private var ahead: [TemplateValue] = []
    private var aheadStart = 0
    private var knownLength: Int?
    private var current: TemplateValue?
    private var previous: TemplateValue?
    private var changedValue: [TemplateValue]?

    init(
        _ source: TemplateValue, iterator: TemplateIterator, level: Int,
        recursion: (TemplateLoop, TemplateActivation)?
    ) {
        self.source = source
        self.iterator = iterator
        self.level = level
        self.recursion = recursion
        depth = source.depth + 1
    }

    var isCallable: Bool { true }

    func advance(_ interpreter: TemplateInterpreter) throws(ChatTemplateError) -> TemplateValue? {
        guard let item = try peek(interpreter) else { return nil }
        aheadStart += 1
        if aheadStart == ahead.count { (ahead, aheadStart) = ([], 0) }
        index += 1
        previous = current
        current = item
        return item
    }

    private func peek(_ interpreter: TemplateInterpreter) throws(ChatTemplateError) -> TemplateValue? {
        if aheadStart < ahead.count { return ahead[aheadStart] }
        guard let next = try iterator.next(interpreter) else { return nil }
        ahead = [next]
        aheadStart = 0
        return next
    }

    func count(_ interpreter: TemplateInterpreter) throws(ChatTemplateError) -> Int? {
        try length(interpreter)
    }

    private func length(_ interpreter: TemplateInterpreter) throws(ChatTemplateError) -> Int {
        if let knownLength { return knownLength }
        let length: Int
        if let count = try interpreter.count(of: source) {
            length = count
        } else {
            while let next = try iterator.next(interpreter) {
                try interpreter.allocate(elements: 1)
                ahead.append(next)
            }
            length = index + 1 + ahead.count - aheadStart
        }
        knownLength = length
        return length
    }

    func attribute(_ name: String, _ interpreter: TemplateInterpreter) throws(ChatTemplateError) -> TemplateValue? {
        switch name {
        case "index": return .integer(index + 1)
        case "index0": return .integer(index)
        case "first": return .boolean(index == 0)
        case "last": return .boolean(try peek(interpreter) == nil)
        case "length": return .integer(try length(interpreter))
        case "revindex": return .integer(try length(interpreter) - index)
        case "revindex0": return .integer(try length(interpreter) - index - 1)
        case "depth": return .integer(level + 1)
        case "depth0": return .integer(level)
        case "previtem":
            return index == 0 ? .undefined(TemplateUndefined("there is no previous item")) : previous
        case "nextitem":
            return try peek(interpreter) ?? .undefined(TemplateUndefined("there is no next item"))
        case "cycle":
            return function("cycle") { (items, interpreter) throws(ChatTemplateError) in
                guard !items.isEmpty else { throw interpreter.failure(.type, "no items for cycling given") }
                return items[self.index % items.count]
            }
        case "changed":
            return function("changed") { (values, interpreter) throws(ChatTemplateError) in
                defer { self.changedValue = values }
                guard let last = self.changedValue, last.count == values.count else { return .boolean(true) }
                for (left, right) in zip(last, values) where try !interpreter.isEqual(left, right) {
                    return .boolean(true)
                }
                return .boolean(false)
            }
        default: return nil
        }
    }

    private func function(
        _ name: String,
        _ body: @escaping ([TemplateValue], TemplateInterpreter) throws(ChatTemplateError) -> TemplateValue
    ) -> TemplateValue {
        .object(
            TemplateFunction(name, ["*"], depth: depth) { (arguments, interpreter) throws(ChatTemplateError) in
                try body(arguments.rest.positional, interpreter)
            })
    }

    func iterator(_ interpreter: TemplateInterpreter) -> TemplateIterator? {
        TemplateIterator(typeName: typeName, depth: depth) { [self] () throws(ChatTemplateError) in
            guard let item = try advance(interpreter) else { return nil }
            return try interpreter.tuple([item, .object(self)])
        }
    }

    /// A recursive loop's next level.
    func call(
        _ arguments: TemplateArguments, _ interpreter: TemplateInterpreter
    ) throws(ChatTemplateError) -> TemplateValue {
        let bound = try interpreter.bind(arguments, to: ["iterable"], of: "loop")
        guard let recursion else {
            throw interpreter.failure(
                .type, "the loop must have the 'recursive' marker to be called recursively")
        }
        let text = try interpreter.capture { () throws(ChatTemplateError) in
            try interpreter.recurse(
                recursion.loop, over: bound["iterable"] ?? .none, recursion.activation, level: level + 1)
        }
        return .text(text)
    }

    func describe(_ interpreter: TemplateInterpreter) throws(ChatTemplateError) -> TemplateText {
        TemplateText("<LoopContext \(index + 1)/\(try length(interpreter))>")
    }
}
