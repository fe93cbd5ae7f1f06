/// Python's `str()` and `repr()`.
extension TemplateInterpreter {
    /// What printing the value shows.
    func string(_ value: TemplateValue) throws(ChatTemplateError) -> TemplateText {
        switch value {
        case .undefined: return TemplateText()
        case .text(let text): return text.unmarked
        default:
            var text = TemplateText()
            try append(value, to: &text)
            return text
        }
    }

    /// What the value looks like inside of a printed list.
    func representation(_ value: TemplateValue) throws(ChatTemplateError) -> TemplateText {
        var text = TemplateText()
        try append(value, to: &text)
        return text
    }

    private func append(_ value: TemplateValue, to text: inout TemplateText) throws(ChatTemplateError) {
        let start = text.bytes.count
        switch value {
        case .undefined: text.append("Undefined")
        case .none: text.append("None")
        case .boolean(let value): text.append(value ? "True" : "False")
        case .integer(let value): text.append(String(value))
        case .float(let value): text.append(value.shortestDecimal)
        case .text(let value): text.append(value.isMarkup ? "Markup(\(quoted(value).string))" : quoted(value).string)
        case .list(let sequence): try append(sequence.elements, in: ("[", "]"), to: &text)
        case .tuple(let sequence):
            try append(sequence.elements, in: ("(", sequence.elements.count == 1 ? ",)" : ")"), to: &text)
        case .dictionary(let dictionary): try append(dictionary, to: &text)
        case .object(let object):
            let description = try deeper { () throws(ChatTemplateError) in try object.describe(self) }
            text.append(description)
        }
        try spend()
        try allocate(bytes: text.bytes.count - start)
    }

    private func append(
        _ elements: [TemplateValue], in brackets: (String, String), to text: inout TemplateText
    ) throws(ChatTemplateError) {
        text.append(brackets.0)
        for (index, element) in elements.enumerated() {
            if index > 0 { text.append(", ") }
            try append(element, to: &text)
        }
        text.append(brackets.1)
    }

    private func append(_ dictionary: TemplateDictionary, to text: inout TemplateText) throws(ChatTemplateError) {
        text.append("{")
        for (index, (key, value)) in zip(dictionary.keys, dictionary.values).enumerated() {
            if index > 0 { text.append(", ") }
            try append(key, to: &text)
            text.append(": ")
            try append(value, to: &text)
        }
        text.append("}")
    }

    /// A text in quotes, with escapes where Python's `repr` writes them.
    func quoted(_ text: TemplateText) -> TemplateText {
        let single = UInt8(ascii: "'")
        let double = UInt8(ascii: "\"")
        let quote = text.bytes.contains(single) && !text.bytes.contains(double) ? double : single
        var result = TemplateText(bytes: [quote])
        for scalar in text.scalars {
            switch scalar {
            case UInt32(quote), 0x5C:
                result.append("\\")
                result.append(scalar: scalar)
            case 0x0A: result.append("\\n")
            case 0x0D: result.append("\\r")
            case 0x09: result.append("\\t")
            case _ where scalar.isPythonPrintable: result.append(scalar: scalar)
            case ..<0x100: result.append("\\x" + hexadecimal(scalar, digits: 2))
            case ..<0x10000: result.append("\\u" + hexadecimal(scalar, digits: 4))
            default: result.append("\\U" + hexadecimal(scalar, digits: 8))
            }
        }
        result.bytes.append(quote)
        return result
    }

    private func hexadecimal(_ scalar: UInt32, digits: Int) -> String {
        let text = String(scalar, radix: 16)
        return String(repeating: "0", count: digits - text.utf8.count) + text
    }
}

extension UInt32 {
    /// Whether Python's `repr` shows this code point as itself (`str.isprintable`).
    var isPythonPrintable: Bool {
        if (0x20..<0x7F).contains(self) { return true }
        guard let scalar = Unicode.Scalar(self) else { return false }
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator,
            .spaceSeparator:
            return false
        default: return true
        }
    }
}
