extension TemplateText {
    /// The text with the five characters escaped that HTML gives a meaning, marked so that it isn't escaped again.
    var escapedForHTML: TemplateText {
        guard !isMarkup else { return self }
        var result = TemplateText(isMarkup: true)
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "&"): result.append("&amp;")
            case UInt8(ascii: "<"): result.append("&lt;")
            case UInt8(ascii: ">"): result.append("&gt;")
            case UInt8(ascii: "'"): result.append("&#39;")
            case UInt8(ascii: "\""): result.append("&#34;")
            default: result.bytes.append(byte)
            }
        }
        return result
    }

    /// The text marked as one that needs no escaping.
    var marked: TemplateText {
        TemplateText(bytes: bytes, isMarkup: true)
    }
}
