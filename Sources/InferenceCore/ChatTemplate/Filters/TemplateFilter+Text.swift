extension TemplateFilter {
    static let casing: [TemplateFilter] = [
        TemplateFilter("upper") { (value, _, interpreter) throws(ChatTemplateError) in
            .text(try interpreter.softString(value).uppercased)
        },
        TemplateFilter("lower") { (value, _, interpreter) throws(ChatTemplateError) in
            .text(try interpreter.softString(value).lowercased)
        },
        TemplateFilter("capitalize") { (value, _, interpreter) throws(ChatTemplateError) in
            .text(try interpreter.softString(value).capitalized)
        },
        TemplateFilter("title") { (value, _, interpreter) throws(ChatTemplateError) in
            .text(try interpreter.softString(value).titled)
        },
    ]

    static let textFilters: [TemplateFilter] = [
        TemplateFilter("string") { (value, _, interpreter) throws(ChatTemplateError) in
            .text(try interpreter.softString(value))
        },
        TemplateFilter("trim", signature: ["chars?"]) { (value, arguments, interpreter) throws(ChatTemplateError) in
            .text(try interpreter.strip(try interpreter.softString(value), .both, arguments, "chars"))
        },
        TemplateFilter("replace", signature: ["old", "new", "count?"]) {
            (value, arguments, interpreter) throws(ChatTemplateError) in
            let old = try interpreter.string(arguments["old"] ?? .none)
            let new = try interpreter.string(arguments["new"] ?? .none)
            let limit = arguments.given("count") == nil ? -1 : try interpreter.integer(arguments, "count", default: -1)
            return .text(try interpreter.replace(try interpreter.string(value), old, new, limit: limit))
        },
        TemplateFilter("join", signature: ["d?", "attribute?"]) {
            (value, arguments, interpreter) throws(ChatTemplateError) in
            let path = arguments.given("attribute").map { TemplateAttributePath($0) }
            var texts: [TemplateText] = []
            for element in try interpreter.elements(of: value) {
                texts.append(try interpreter.string(try path?.value(in: element, interpreter) ?? element))
            }
            let separator = try interpreter.string(arguments["d"] ?? .text(""))
            return .text(try interpreter.concatenate(texts, separator: separator))
        },
        TemplateFilter("format", signature: ["*"]) { (value, arguments, interpreter) throws(ChatTemplateError) in
            let rest = arguments.rest
            guard rest.positional.isEmpty || rest.keyword.isEmpty else {
                throw interpreter.failure(
                    .type, "can't handle positional and keyword arguments at the same time")
            }
            let format = try interpreter.softString(value)
            guard !rest.keyword.isEmpty else {
                return .text(try interpreter.percentFormat(format, try interpreter.tuple(rest.positional)))
            }
            let pairs = rest.keyword.map { (key: TemplateValue.text($0.name), value: $0.value) }
            return .text(try interpreter.percentFormat(format, try interpreter.dictionary(pairs)))
        },
        TemplateFilter("wordcount") { (value, _, interpreter) throws(ChatTemplateError) in
            var count = 0
            var isInWord = false
            for scalar in try interpreter.softString(value).scalars {
                if scalar.isPythonWord, !isInWord { count += 1 }
                isInWord = scalar.isPythonWord
            }
            return .integer(count)
        },
    ]

    static let layout: [TemplateFilter] = [
        TemplateFilter("center", signature: ["width?"]) { (value, arguments, interpreter) throws(ChatTemplateError) in
            let width = try interpreter.integer(arguments, "width", default: 80)
            return .text(try interpreter.pad(try interpreter.softString(value), to: width, " ", .center))
        },
        TemplateFilter("indent", signature: ["width?", "first?", "blank?"]) {
            (value, arguments, interpreter) throws(ChatTemplateError) in
            try interpreter.indent(value, arguments)
        },
        TemplateFilter("truncate", signature: ["length?", "killwords?", "end?", "leeway?"]) {
            (value, arguments, interpreter) throws(ChatTemplateError) in
            try interpreter.truncate(value, arguments)
        },
    ]

    static let markup: [TemplateFilter] = [
        TemplateFilter("escape", "e") { (value, _, interpreter) throws(ChatTemplateError) in
            .text(try interpreter.softString(value).escapedForHTML)
        },
        TemplateFilter("forceescape") { (value, _, interpreter) throws(ChatTemplateError) in
            .text(try interpreter.string(value).escapedForHTML)
        },
        TemplateFilter("safe") { (value, _, interpreter) throws(ChatTemplateError) in
            .text(try interpreter.string(value).marked)
        },
        TemplateFilter("urlencode") { (value, _, interpreter) throws(ChatTemplateError) in
            try interpreter.urlEncode(value)
        },
        TemplateFilter("xmlattr", signature: ["autospace?"]) {
            (value, arguments, interpreter) throws(ChatTemplateError) in
            try interpreter.xmlAttributes(value, autospace: arguments["autospace"] ?? .boolean(true))
        },
    ]
}

extension TemplateText {
    /// What the filter `title` does: every word begins in upper case, where words end at white space and brackets.
    fileprivate var titled: TemplateText {
        var result = TemplateText(isMarkup: isMarkup)
        var word = TemplateText()
        func finish() -> TemplateText {
            let (first, rest) = word.splitFirst
            return first.uppercased + rest.lowercased
        }
        for scalar in scalars {
            let isSeparator = scalar.isPythonWhitespace || [0x2D, 0x28, 0x7B, 0x5B, 0x3C].contains(scalar)
            if isSeparator {
                result.append(finish())
                word = TemplateText()
                result.append(scalar: scalar)
            } else {
                word.append(scalar: scalar)
            }
        }
        result.append(finish())
        return result
    }
}

extension TemplateInterpreter {
    fileprivate func indent(
        _ value: TemplateValue, _ arguments: TemplateBoundArguments
    ) throws(ChatTemplateError) -> TemplateValue {
        try check(value)
        guard case .text(let text) = value else {
            throw failure(.type, "the filter 'indent' takes a string, not '\(value.typeName)'")
        }
        var indentation = TemplateText()
        if case .text(let given)? = arguments["width"] {
            indentation = given
        } else {
            let width = max(0, try integer(arguments, "width", default: 4))
            try allocate(bytes: width)
            indentation.bytes = Array(repeating: UInt8(ascii: " "), count: width)
        }
        let indentsBlank = try flag(arguments, "blank")
        try allocate(elements: text.possibleBreakCount)
        // With a break at the end, a break at the very end of the text begins a last, empty line.
        let lines = (text + "\n").lines()
        let (size, overflow) = indentation.bytes.count.multipliedReportingOverflow(by: lines.count)
        try allocate(bytes: overflow ? .max : size)
        try allocate(bytes: size &+ text.bytes.count)
        var result = TemplateText(isMarkup: text.isMarkup)
        if try flag(arguments, "first") { result.append(indentation) }
        for (index, line) in lines.enumerated() {
            if index > 0 {
                result.append("\n")
                if indentsBlank || !line.isEmpty { result.append(indentation) }
            }
            result.append(line)
        }
        return .text(result)
    }

    fileprivate func truncate(
        _ value: TemplateValue, _ arguments: TemplateBoundArguments
    ) throws(ChatTemplateError) -> TemplateValue {
        try check(value)
        let length = try integer(arguments, "length", default: 255)
        let end = arguments["end"] == nil ? "..." : try self.text(arguments, "end")
        let leeway = arguments.given("leeway") == nil ? 5 : try integer(arguments, "leeway", default: 5)
        guard length >= end.count else {
            throw failure(.value, "expected a length of at least \(end.count), found \(length)")
        }
        guard leeway >= 0 else { throw failure(.value, "expected a leeway of at least 0, found \(leeway)") }
        guard let count = try count(of: value) else {
            throw failure(.type, "object of type '\(value.typeName)' has no len()")
        }
        guard count - length > leeway else { return value }
        guard case .text(let text) = value else {
            throw failure(.type, "the filter 'truncate' takes a string, not '\(value.typeName)'")
        }
        let bounds = TemplateSliceBounds(start: 0, stop: length - end.count, step: 1, count: count)
        var head = text.sliced(bounds)
        if try !flag(arguments, "killwords"), let space = head.lastIndices(of: " ", limit: 1).first {
            head = TemplateText(head.bytes[..<space])
        }
        return .text(head + end)
    }

    fileprivate func urlEncode(_ value: TemplateValue) throws(ChatTemplateError) -> TemplateValue {
        let pairs: [TemplateValue]
        switch value {
        case .dictionary(let dictionary): pairs = try items(of: dictionary)
        case .text: return .text(try percentEncoded(value, isQuery: false))
        default:
            guard try iteratorIfAny(value) != nil else { return .text(try percentEncoded(value, isQuery: false)) }
            pairs = try elements(of: value)
        }
        var texts: [TemplateText] = []
        for pair in pairs {
            let parts = try elements(of: pair)
            guard parts.count == 2 else { throw failure(.value, "expected pairs to encode") }
            let key = try percentEncoded(parts[0], isQuery: true)
            texts.append(key + "=" + (try percentEncoded(parts[1], isQuery: true)))
        }
        return .text(try concatenate(texts, separator: "&"))
    }

    private func percentEncoded(
        _ value: TemplateValue, isQuery: Bool
    ) throws(ChatTemplateError) -> TemplateText {
        let text = try string(value)
        try allocate(bytes: 3 * text.bytes.count)
        var result = TemplateText()
        for byte in text.bytes {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"),
                UInt8(ascii: "~"):
                result.bytes.append(byte)
            case UInt8(ascii: "/") where !isQuery: result.bytes.append(byte)
            case UInt8(ascii: " ") where isQuery: result.append("+")
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                result.append("%" + (byte < 16 ? "0" : "") + digits)
            }
        }
        return result
    }

    fileprivate func xmlAttributes(
        _ value: TemplateValue, autospace: TemplateValue
    ) throws(ChatTemplateError) -> TemplateValue {
        try check(value)
        guard case .dictionary(let dictionary) = value else {
            throw failure(.type, "the filter 'xmlattr' takes a dictionary, not '\(value.typeName)'")
        }
        var attributes: [TemplateText] = []
        for (key, value) in zip(dictionary.keys, dictionary.values) where !value.isNone && !value.isUndefined {
            let name = try string(key)
            let isUnsafe = name.scalars.contains { scalar in
                [0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x20, 0x2F, 0x3E, 0x3D].contains(scalar)
            }
            guard !isUnsafe else {
                throw failure(.value, "invalid character in attribute name '\(name.string)'")
            }
            let quoted = TemplateText("=\"") + (try softString(value).escapedForHTML) + "\""
            attributes.append(name.escapedForHTML + quoted)
        }
        let text = try concatenate(attributes, separator: " ")
        return .text(try isTrue(autospace) && !text.isEmpty ? " " + text : text)
    }
}
