/// The methods of strings. To add one, add a line to one of the lists.
enum TemplateTextMethod {
    typealias Method = TemplateMethod<TemplateText>

    static let all: [Method] = stripping + splitting + searching + casing + predicates + layout + building
    static let named = Method.byName(all)

    private static let stripping: [Method] = [
        Method("strip", ["chars?"]) { (text, arguments, interpreter) throws(ChatTemplateError) in
            .text(try interpreter.strip(text, .both, arguments, "chars"))
        },
        Method("lstrip", ["chars?"]) { (text, arguments, interpreter) throws(ChatTemplateError) in
            .text(try interpreter.strip(text, .leading, arguments, "chars"))
        },
        Method("rstrip", ["chars?"]) { (text, arguments, interpreter) throws(ChatTemplateError) in
            .text(try interpreter.strip(text, .trailing, arguments, "chars"))
        },
        Method("removeprefix", ["prefix"]) { (text, arguments, interpreter) throws(ChatTemplateError) in
            let prefix = try interpreter.text(arguments, "prefix")
            guard text.hasPrefix(prefix) else { return .text(text) }
            return .text(TemplateText(text.bytes[prefix.bytes.count...]))
        },
        Method("removesuffix", ["suffix"]) { (text, arguments, interpreter) throws(ChatTemplateError) in
            let suffix = try interpreter.text(arguments, "suffix")
            guard text.hasSuffix(suffix) else { return .text(text) }
            return .text(TemplateText(text.bytes[..<(text.bytes.count - suffix.bytes.count)]))
        },
    ]

    private static let splitting: [Method] = [
        Method("split", ["sep?", "maxsplit?"]) { (text, arguments, interpreter) throws(ChatTemplateError) in
            try interpreter.split(text, arguments, fromEnd: false)
        },
        Method("rsplit", ["sep?", "maxsplit?"]) { (text, arguments, interpreter) throws(ChatTemplateError) in
            try interpreter.split(text, arguments, fromEnd: true)
        },
        Method("splitlines", ["keepends?"]) { (text, arguments, interpreter) throws(ChatTemplateError) in
            let keepsBreaks = try interpreter.flag(arguments, "keepends")
            try interpreter.allocate(elements: text.possibleBreakCount)
            return try interpreter.list(text.lines(keepingBreaks: keepsBreaks).map { .text($0) })
        },
        Method("partition", ["sep"]) { (text, arguments, interpreter) throws(ChatTemplateError) in
            try interpreter.partition(text, try interpreter.text(arguments, "sep"), fromEnd: false)
        },
        Method("rpartition", ["sep"]) { (text, arguments, interpreter) throws(ChatTemplateError) in
            try interpreter.partition(text, try interpreter.text(arguments, "sep"), fromEnd: true)
        },
    ]

    private static let searching: [Method] = [
        Method("startswith", ["prefix", "start?", "end?"]) {
            (text, arguments, interpreter) throws(ChatTemplateError) in
            let text = try interpreter.window(text, arguments).text
            return .boolean(try interpreter.matches(arguments, "prefix") { text?.hasPrefix($0) ?? false })
        },
        Method("endswith", ["suffix", "start?", "end?"]) {
            (text, arguments, interpreter) throws(ChatTemplateError) in
            let text = try interpreter.window(text, arguments).text
            return .boolean(try interpreter.matches(arguments, "suffix") { text?.hasSuffix($0) ?? false })
        },
        Method("find", ["sub", "start?", "end?"]) { (text, arguments, interpreter) throws(ChatTemplateError) in
            .integer(try interpreter.find(text, arguments, fromEnd: false) ?? -1)
        },
        Method("rfind", ["sub", "start?", "end?"]) { (text, arguments, interpreter) throws(ChatTemplateError) in
            .integer(try interpreter.find(text, arguments, fromEnd: true) ?? -1)
        },
        Method("index", ["sub", "start?", "end?"]) { (text, arguments, interpreter) throws(ChatTemplateError) in
            guard let index = try interpreter.find(text, arguments, fromEnd: false) else {
                throw interpreter.failure(.value, "substring not found")
            }
            return .integer(index)
        },
        Method("rindex", ["sub", "start?", "end?"]) { (text, arguments, interpreter) throws(ChatTemplateError) in
            guard let index = try interpreter.find(text, arguments, fromEnd: true) else {
                throw interpreter.failure(.value, "substring not found")
            }
            return .integer(index)
        },
        Method("count", ["sub", "start?", "end?"]) { (text, arguments, interpreter) throws(ChatTemplateError) in
            let part = try interpreter.text(arguments, "sub")
            guard let window = try interpreter.window(text, arguments).text else { return .integer(0) }
            return .integer(part.isEmpty ? window.count + 1 : window.indices(of: part).count)
        },
    ]

    private static let casing: [Method] = [
        Method("upper", []) { text, _, _ in .text(text.uppercased) },
        Method("lower", []) { text, _, _ in .text(text.lowercased) },
        Method("title", []) { text, _, _ in .text(text.titlecased) },
        Method("capitalize", []) { text, _, _ in .text(text.capitalized) },
        Method("swapcase", []) { text, _, _ in .text(text.swappingCase) },
        Method("casefold", []) { text, _, _ in .text(text.caseFolded) },
    ]

    private static let predicates: [Method] = [
        Method("islower", []) { text, _, _ in .boolean(text.isLowercase) },
        Method("isupper", []) { text, _, _ in .boolean(text.isUppercase) },
        Method("istitle", []) { text, _, _ in .boolean(text.isTitlecase) },
        Method("isspace", []) { text, _, _ in .boolean(text.allScalars(\.isPythonWhitespace)) },
        Method("isascii", []) { text, _, _ in .boolean(text.bytes.allSatisfy { $0 < 0x80 }) },
        Method("isprintable", []) { text, _, _ in .boolean(text.scalars.allSatisfy(\.isPythonPrintable)) },
        Method("isalpha", []) { text, _, _ in .boolean(text.allScalars(\.isPythonLetter)) },
        Method("isdecimal", []) { text, _, _ in .boolean(text.allScalars(\.isPythonDecimal)) },
        Method("isdigit", []) { text, _, _ in .boolean(text.allScalars(\.isPythonDigit)) },
        Method("isnumeric", []) { text, _, _ in .boolean(text.allScalars(\.isPythonNumeric)) },
        Method("isalnum", []) { text, _, _ in
            .boolean(text.allScalars { $0.isPythonLetter || $0.isPythonNumeric })
        },
        Method("isidentifier", []) { text, _, _ in
            let (first, rest) = text.splitFirst
            return .boolean(
                first.allScalars(\.isPythonNameStart) && rest.scalars.allSatisfy(\.isPythonNameContinuation))
        },
    ]

    private static let layout: [Method] = [
        Method("center", ["width", "fillchar?"]) { (text, arguments, interpreter) throws(ChatTemplateError) in
            .text(try interpreter.pad(text, arguments, .center))
        },
        Method("ljust", ["width", "fillchar?"]) { (text, arguments, interpreter) throws(ChatTemplateError) in
            .text(try interpreter.pad(text, arguments, .left))
        },
        Method("rjust", ["width", "fillchar?"]) { (text, arguments, interpreter) throws(ChatTemplateError) in
            .text(try interpreter.pad(text, arguments, .right))
        },
        Method("zfill", ["width"]) { (text, arguments, interpreter) throws(ChatTemplateError) in
            let padding = max(0, try interpreter.integer(arguments, "width", default: 0) - text.count)
            try interpreter.allocate(bytes: padding)
            let signLength = text.bytes.first == UInt8(ascii: "-") || text.bytes.first == UInt8(ascii: "+") ? 1 : 0
            let zeros = Array(repeating: UInt8(ascii: "0"), count: padding)
            return .text(TemplateText(bytes: text.bytes[..<signLength] + zeros + text.bytes[signLength...]))
        },
        Method("expandtabs", ["tabsize?"]) { (text, arguments, interpreter) throws(ChatTemplateError) in
            .text(try interpreter.expandTabs(text, try interpreter.integer(arguments, "tabsize", default: 8)))
        },
    ]

    private static let building: [Method] = [
        Method("replace", ["old", "new", "count?"]) { (text, arguments, interpreter) throws(ChatTemplateError) in
            let limit = try interpreter.integer(arguments, "count", default: -1)
            let old = try interpreter.text(arguments, "old")
            let new = try interpreter.text(arguments, "new")
            return .text(try interpreter.replace(text, old, new, limit: limit))
        },
        Method("join", ["iterable"]) { (text, arguments, interpreter) throws(ChatTemplateError) in
            .text(try interpreter.join(try interpreter.elements(of: arguments["iterable"] ?? .none), separator: text))
        },
        Method("format", ["*"]) { (text, arguments, interpreter) throws(ChatTemplateError) in
            .text(try interpreter.braceFormat(text, arguments.rest))
        },
        Method("format_map", ["mapping"]) { (text, arguments, interpreter) throws(ChatTemplateError) in
            guard case .dictionary(let dictionary)? = arguments["mapping"] else {
                throw interpreter.failure(.type, "format_map() argument must be a mapping")
            }
            var values = TemplateArguments()
            for (key, value) in zip(dictionary.keys, dictionary.values) {
                if case .text(let name) = key { values.keyword.append((name.string, value)) }
            }
            return .text(try interpreter.braceFormat(text, values))
        },
    ]
}
