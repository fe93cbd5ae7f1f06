/// The text of an HTML file without its tags; line breaks stay, so that line numbers are the file's.
enum HTMLText {
    static func plain(_ html: String) -> String {
        let bytes = Array(html.utf8)
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "<") where index + 1 < bytes.count && isTagStart(bytes[index + 1]):
                let end = endOfTag(bytes, index)
                output.append(UInt8(ascii: " "))
                output += bytes[index..<end].filter { $0 == UInt8(ascii: "\n") }
                index = end
            case UInt8(ascii: "&"):
                let (text, length) = entity(bytes, index)
                output += text
                index += length
            case let byte:
                output.append(byte)
                index += 1
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// Behind a tag, a comment, or an element whose contents aren't text.
    private static func endOfTag(_ bytes: [UInt8], _ start: Int) -> Int {
        if starts(bytes, start, "<!--") { return end(bytes, start + 4, of: "-->") }
        for name in ["script", "style"] where starts(bytes, start, "<\(name)") {
            return end(bytes, end(bytes, start, of: "</\(name)"), of: ">")
        }
        return end(bytes, start, of: ">")
    }

    private static func isTagStart(_ byte: UInt8) -> Bool {
        Unicode.Scalar(byte).properties.isAlphabetic || "/!?".utf8.contains(byte)
    }

    private static func starts(_ bytes: [UInt8], _ start: Int, _ text: String) -> Bool {
        let wanted = text.utf8
        guard start + wanted.count <= bytes.count else { return false }
        return zip(bytes[start...], wanted).allSatisfy { $0 == $1 || ($0 | 0x20) == $1 }
    }

    private static func end(_ bytes: [UInt8], _ start: Int, of text: String) -> Int {
        var index = start
        while index < bytes.count {
            if starts(bytes, index, text) { return index + text.utf8.count }
            index += 1
        }
        return bytes.count
    }

    private static let names: [String: String] = [
        "lt": "<", "gt": ">", "amp": "&", "quot": "\"", "apos": "'", "nbsp": " ", "copy": "©", "mdash": "—",
        "ndash": "–", "rsquo": "’", "lsquo": "‘", "rdquo": "”", "ldquo": "“", "hellip": "…", "middot": "·",
    ]

    /// What an entity stands for, and its length; itself where it stands for nothing known.
    private static func entity(_ bytes: [UInt8], _ start: Int) -> (text: [UInt8], length: Int) {
        let name = bytes[(start + 1)...].prefix(10).prefix { $0 != UInt8(ascii: ";") }
        guard start + 1 + name.count < bytes.count, bytes[start + 1 + name.count] == UInt8(ascii: ";") else {
            return ([bytes[start]], 1)
        }
        let text = String(decoding: name, as: UTF8.self)
        let length = name.count + 2
        if let known = names[text] { return (Array(known.utf8), length) }
        let digits = text.hasPrefix("#x") || text.hasPrefix("#X") ? text.dropFirst(2) : text.dropFirst()
        if text.hasPrefix("#"), let number = UInt32(digits, radix: digits.count == text.count - 2 ? 16 : 10),
            let scalar = Unicode.Scalar(number), scalar.value >= 32
        {
            return (Array(String(scalar).utf8), length)
        }
        return ([bytes[start]], 1)
    }
}
