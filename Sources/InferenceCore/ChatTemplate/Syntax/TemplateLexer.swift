/// Cuts a template's source into tokens, with the white space around tags already taken away.
///
/// As jinja2 does with `trim_blocks` (one line break after a block or comment goes) and `lstrip_blocks` (so does the
/// white space between a line's start and a block or comment). Source: jinja2 documentation, "Whitespace Control".
struct TemplateLexer {
    let bytes: [UInt8]
    var position = 0
    var line = 1
    var tokens: [TemplateToken] = []
    /// Whether what was read last ends a line, or nothing was read.
    private var atLineStart = true

    /// - Throws: ``ChatTemplateError`` of kind `syntax`.
    static func tokens(of source: String) throws(ChatTemplateError) -> [TemplateToken] {
        var lexer = TemplateLexer(source: source)
        try lexer.run()
        return lexer.tokens
    }

    private init(source: String) {
        bytes = Self.normalized(Array(source.utf8))
    }

    /// All line ends as "\n", and one at the very end taken away.
    private static func normalized(_ bytes: [UInt8]) -> [UInt8] {
        var result = normalizedLineEnds(bytes)
        if result.last == UInt8(ascii: "\n") { result.removeLast() }
        return result
    }

    static func normalizedLineEnds(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.contains(UInt8(ascii: "\r")) else { return bytes }
        var result: [UInt8] = []
        var previous: UInt8 = 0
        for byte in bytes {
            if byte == UInt8(ascii: "\r") {
                result.append(UInt8(ascii: "\n"))
            } else if byte != UInt8(ascii: "\n") || previous != UInt8(ascii: "\r") {
                result.append(byte)
            }
            previous = byte
        }
        return result
    }

    private mutating func run() throws(ChatTemplateError) {
        while position < bytes.count {
            guard let tag = nextTag() else {
                emitData(bytes[position...])
                position = bytes.count
                break
            }
            try read(tag)
        }
        emit(.end)
    }
}

// MARK: - Tags

extension TemplateLexer {
    private enum TagKind {
        case variable, block, comment, raw
    }

    /// A tag's beginning: `{{`, `{%`, `{#`, or all of `{% raw %}`.
    private struct Tag {
        let kind: TagKind
        let start: Int
        let end: Int
        /// `-`, `+` or none.
        let sign: UInt8?
    }

    private func nextTag() -> Tag? {
        var start = position
        while start + 1 < bytes.count {
            defer { start += 1 }
            guard bytes[start] == UInt8(ascii: "{") else { continue }
            let kind: TagKind
            switch bytes[start + 1] {
            case UInt8(ascii: "{"): kind = .variable
            case UInt8(ascii: "%"): kind = .block
            case UInt8(ascii: "#"): kind = .comment
            default: continue
            }
            let sign = sign(at: start + 2)
            let end = start + 2 + (sign == nil ? 0 : 1)
            if kind == .block, let rawEnd = endOfRawBegin(from: end) {
                return Tag(kind: .raw, start: start, end: rawEnd, sign: sign)
            }
            return Tag(kind: kind, start: start, end: end, sign: sign)
        }
        return nil
    }

    private func sign(at index: Int) -> UInt8? {
        guard index < bytes.count else { return nil }
        return bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") ? bytes[index] : nil
    }

    /// Where the tag ends if it is `raw`; `{% raw +%}` is not one.
    private func endOfRawBegin(from start: Int) -> Int? {
        let name = skipWhitespace(from: start)
        guard hasPrefix("raw", at: name) else { return nil }
        let end = skipWhitespace(from: name + 3)
        if hasPrefix("%}", at: end) { return end + 2 }
        if hasPrefix("-%}", at: end) { return skipWhitespace(from: end + 3) }
        return nil
    }

    private mutating func read(_ tag: Tag) throws(ChatTemplateError) {
        emitData(trimmed(bytes[position..<tag.start], before: tag.sign, isVariable: tag.kind == .variable))
        line += lineBreaks(in: tag.start..<tag.end) + strippedBreaks(before: tag)
        position = tag.end
        switch tag.kind {
        case .variable:
            emit(.variableBegin)
            try readExpression(closing: .variable)
        case .block:
            emit(.blockBegin)
            try readExpression(closing: .block)
        case .comment:
            try readComment()
        case .raw:
            atLineStart = bytes[position - 1] == UInt8(ascii: "\n")
            try readRaw()
        }
        atLineStart = bytes[position - 1] == UInt8(ascii: "\n")
    }

    /// The text before a tag without the white space that the tag takes.
    private func trimmed(_ text: ArraySlice<UInt8>, before sign: UInt8?, isVariable: Bool) -> ArraySlice<UInt8> {
        if sign == UInt8(ascii: "-") {
            return text[..<(text.startIndex + TemplateText(text).stripped(.trailing).bytes.count)]
        }
        guard sign == nil, !isVariable else { return text }
        let lineStart = text.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? text.startIndex
        guard lineStart > text.startIndex || atLineStart else { return text }
        let isBlank = TemplateText(text[lineStart...]).allScalars(\.isPythonWhitespace)
        return isBlank ? text[..<lineStart] : text
    }

    /// The line breaks that a `-` took from the text before `tag`.
    private func strippedBreaks(before tag: Tag) -> Int {
        guard tag.sign == UInt8(ascii: "-") else { return 0 }
        let text = bytes[position..<tag.start]
        let kept = TemplateText(text).stripped(.trailing).bytes.count
        return lineBreaks(in: position + kept..<tag.start)
    }

    private mutating func readComment() throws(ChatTemplateError) {
        guard let close = firstIndex(of: "#}", from: position) else {
            throw failure("the comment that begins here has no end: expected '#}'")
        }
        var end = close + 2
        if close > position, bytes[close - 1] == UInt8(ascii: "-") {
            end = skipWhitespace(from: end)
        } else if close == position || bytes[close - 1] != UInt8(ascii: "+") {
            end = skipLineBreak(from: end)
        }
        line += lineBreaks(in: position..<end)
        position = end
    }

    private mutating func readRaw() throws(ChatTemplateError) {
        var start = position
        while let open = firstIndex(of: "{%", from: start) {
            start = open + 1
            let sign = sign(at: open + 2)
            let name = skipWhitespace(from: open + 2 + (sign == nil ? 0 : 1))
            guard hasPrefix("endraw", at: name) else { continue }
            let close = skipWhitespace(from: name + 6)
            let end: Int
            if hasPrefix("+%}", at: close) {
                end = close + 3
            } else if hasPrefix("-%}", at: close) {
                end = skipWhitespace(from: close + 3)
            } else if hasPrefix("%}", at: close) {
                end = skipLineBreak(from: close + 2)
            } else {
                continue
            }
            let before = line
            emitData(trimmed(bytes[position..<open], before: sign, isVariable: false))
            line = before + lineBreaks(in: position..<end)
            position = end
            return
        }
        throw failure("the raw block that begins here has no end: expected '{% endraw %}'")
    }
}

// MARK: - Reading

extension TemplateLexer {
    mutating func emit(_ kind: TemplateToken.Kind) {
        tokens.append(TemplateToken(kind: kind, line: line))
    }

    private mutating func emitData(_ text: ArraySlice<UInt8>) {
        guard !text.isEmpty else { return }
        emit(.data(TemplateText(text)))
        line += text.count { $0 == UInt8(ascii: "\n") }
    }

    func failure(_ message: String) -> ChatTemplateError {
        ChatTemplateError(.syntax, line: line, message)
    }

    func hasPrefix(_ prefix: StaticString, at index: Int) -> Bool {
        prefix.withUTF8Buffer { letters in
            index + letters.count <= bytes.count && bytes[index..<index + letters.count].elementsEqual(letters)
        }
    }

    private func firstIndex(of needle: StaticString, from start: Int) -> Int? {
        var index = start
        while index < bytes.count {
            if hasPrefix(needle, at: index) { return index }
            index += 1
        }
        return nil
    }

    func skipWhitespace(from start: Int) -> Int {
        var end = start
        while end < bytes.count {
            var next = end
            guard TemplateText.scalar(in: bytes, at: &next).isPythonWhitespace else { break }
            end = next
        }
        return end
    }

    func skipLineBreak(from start: Int) -> Int {
        start < bytes.count && bytes[start] == UInt8(ascii: "\n") ? start + 1 : start
    }

    func lineBreaks(in range: Range<Int>) -> Int {
        bytes[range].count { $0 == UInt8(ascii: "\n") }
    }
}
