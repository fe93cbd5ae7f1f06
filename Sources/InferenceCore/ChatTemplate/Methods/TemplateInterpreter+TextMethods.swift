/// What the longer methods of strings do.
extension TemplateInterpreter {
    /// Strips white space, or the code points of the argument `name` where it is given.
    func strip(
        _ text: TemplateText, _ edges: TemplateText.Edges, _ arguments: TemplateBoundArguments, _ name: String
    ) throws(ChatTemplateError) -> TemplateText {
        try allocate(bytes: text.bytes.count)
        guard arguments.given(name) != nil else { return text.stripped(edges) }
        let characters = Set(try self.text(arguments, name).scalars)
        return text.stripped(edges) { characters.contains($0) }
    }

    func split(
        _ text: TemplateText, _ arguments: TemplateBoundArguments, fromEnd: Bool
    ) throws(ChatTemplateError) -> TemplateValue {
        let maximum = try integer(arguments, "maxsplit", default: -1)
        let limit = maximum < 0 ? Int.max - 1 : maximum
        try allocate(bytes: text.bytes.count)
        guard arguments.given("sep") != nil else {
            try allocate(elements: text.wordCount)
            return try list((fromEnd ? text.lastWords(limit: limit) : text.words(limit: limit)).map { .text($0) })
        }
        let separator = try self.text(arguments, "sep")
        guard !separator.isEmpty else { throw failure(.value, "empty separator") }
        let indices =
            fromEnd ? text.lastIndices(of: separator, limit: limit) : text.indices(of: separator, limit: limit)
        try allocate(elements: indices.count)
        return try list(
            text.pieces(between: indices, of: separator).map {
                .text(TemplateText(bytes: $0.bytes, isMarkup: text.isMarkup))
            })
    }

    func partition(
        _ text: TemplateText, _ separator: TemplateText, fromEnd: Bool
    ) throws(ChatTemplateError) -> TemplateValue {
        guard !separator.isEmpty else { throw failure(.value, "empty separator") }
        try allocate(bytes: text.bytes.count)
        let found = fromEnd ? text.lastIndices(of: separator, limit: 1).first : text.firstIndex(of: separator)
        guard let index = found else {
            return try tuple(fromEnd ? [.text(""), .text(""), .text(text)] : [.text(text), .text(""), .text("")])
        }
        let pieces = text.pieces(between: [index], of: separator)
        return try tuple([.text(pieces[0]), .text(separator), .text(pieces[1])])
    }

    /// The part between the arguments `start` and `end`, and how many code points stand before it; no part where
    /// `start` lies behind the end.
    func window(
        _ text: TemplateText, _ arguments: TemplateBoundArguments
    ) throws(ChatTemplateError) -> (text: TemplateText?, offset: Int) {
        guard arguments.given("start") != nil || arguments.given("end") != nil else { return (text, 0) }
        let count = text.count
        let start = try arguments.given("start").map { (value) throws(ChatTemplateError) in try integer(value) }
        let end = try arguments.given("end").map { (value) throws(ChatTemplateError) in try integer(value) }
        let bounds = TemplateSliceBounds(start: start, stop: end, step: 1, count: count)
        guard bounds.start <= bounds.stop, start ?? 0 <= count else { return (nil, 0) }
        return (text.sliced(bounds), bounds.start)
    }

    /// Whether `predicate` accepts the argument, or one of them where it is a tuple.
    func matches(
        _ arguments: TemplateBoundArguments, _ name: String, _ predicate: (TemplateText) -> Bool
    ) throws(ChatTemplateError) -> Bool {
        guard case .tuple(let sequence)? = arguments[name] else { return predicate(try text(arguments, name)) }
        for element in sequence.elements {
            guard case .text(let part) = element else {
                throw failure(.type, "\(arguments.callee)() takes a str or a tuple of str, not \(element.typeName)")
            }
            if predicate(part) { return true }
        }
        return false
    }

    func find(
        _ text: TemplateText, _ arguments: TemplateBoundArguments, fromEnd: Bool
    ) throws(ChatTemplateError) -> Int? {
        let part = try self.text(arguments, "sub")
        try spend(text.bytes.count / 64)
        let (window, offset) = try window(text, arguments)
        guard let window else { return nil }
        let index =
            fromEnd ? window.lastIndices(of: part, limit: 1).first : window.firstIndex(of: part)
        return index.map { offset + window.scalarOffset(of: $0) }
    }

    enum Alignment {
        case left, right, center
    }

    func pad(
        _ text: TemplateText, _ arguments: TemplateBoundArguments, _ alignment: Alignment
    ) throws(ChatTemplateError) -> TemplateText {
        let fill = arguments["fillchar"] == nil ? " " : try self.text(arguments, "fillchar")
        guard fill.count == 1 else {
            throw failure(.type, "the fill character must be exactly one character long")
        }
        return try pad(text, to: try integer(arguments, "width", default: 0), fill, alignment)
    }

    func pad(
        _ text: TemplateText, to width: Int, _ fill: TemplateText, _ alignment: Alignment
    ) throws(ChatTemplateError) -> TemplateText {
        let count = text.count
        guard width > count else { return text }
        let missing = width - count
        let (size, overflow) = missing.multipliedReportingOverflow(by: fill.bytes.count)
        try allocate(bytes: overflow ? .max : size)
        // An odd space goes to the left where the width is odd, as in Python.
        let before =
            switch alignment {
            case .left: 0
            case .right: missing
            case .center: missing / 2 + (missing & width & 1)
            }
        var result = TemplateText()
        for _ in 0..<before { result.append(fill) }
        result.append(text)
        for _ in before..<missing { result.append(fill) }
        return result
    }

    func expandTabs(_ text: TemplateText, _ size: Int) throws(ChatTemplateError) -> TemplateText {
        var result = TemplateText()
        var column = 0
        for scalar in text.scalars {
            switch scalar {
            case 0x09:
                let width = size > 0 ? size - column % size : 0
                try allocate(bytes: width)
                result.bytes += Array(repeating: UInt8(ascii: " "), count: width)
                column += width
            case 0x0A, 0x0D:
                result.append(scalar: scalar)
                column = 0
            default:
                result.append(scalar: scalar)
                column += 1
            }
        }
        return result
    }

    func replace(
        _ text: TemplateText, _ old: TemplateText, _ new: TemplateText, limit: Int
    ) throws(ChatTemplateError) -> TemplateText {
        let limit = limit < 0 ? Int.max : limit
        try spend(text.bytes.count / 64)
        let new = text.isMarkup ? new.escapedForHTML : new
        let occurrences = old.isEmpty ? text.count + 1 : text.indices(of: old, limit: limit).count
        let (growth, overflow) = min(occurrences, limit).multipliedReportingOverflow(by: new.bytes.count)
        let (size, sumOverflow) = growth.addingReportingOverflow(text.bytes.count)
        try allocate(bytes: overflow || sumOverflow ? .max : size)
        var result = text.replacing(old, with: new, limit: limit)
        result.isMarkup = text.isMarkup
        return result
    }

    /// `str.join`, which takes only strings.
    func join(_ elements: [TemplateValue], separator: TemplateText) throws(ChatTemplateError) -> TemplateText {
        var texts: [TemplateText] = []
        for (index, element) in elements.enumerated() {
            guard case .text(let text) = element else {
                throw failure(.type, "sequence item \(index): expected str instance, \(element.typeName) found")
            }
            texts.append(separator.isMarkup ? text.escapedForHTML : text)
        }
        var result = try concatenate(texts, separator: separator)
        result.isMarkup = separator.isMarkup
        return result
    }

    /// The texts with the separator between them, within the bounds.
    func concatenate(
        _ texts: [TemplateText], separator: TemplateText
    ) throws(ChatTemplateError) -> TemplateText {
        let (separators, overflow) = separator.bytes.count.multipliedReportingOverflow(by: texts.count)
        try allocate(bytes: overflow ? .max : separators)
        try allocate(bytes: texts.reduce(separators) { $0 &+ $1.bytes.count })
        return texts.joined(by: separator)
    }
}
