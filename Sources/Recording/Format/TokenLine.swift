import Foundation

/// A token's line, written by hand: the bytes are the general encoder's. A small model computes hundreds of tokens a
/// second, and what their lines take, computing lacks.
struct TokenLine {
    private var bytes: [UInt8] = []

    init(_ fields: TokenFields) {
        bytes.reserveCapacity(640)
        write(#"{"at_us":"#)
        write("\(fields.atUs.value)")
        if let channel = fields.channel {
            write(#","channel":"#)
            write(quoted: channel.rawValue)
        }
        if let chunk = fields.chunk { write(chunk ? #","chunk":true"# : #","chunk":false"#) }
        if let drafted = fields.drafted { write(drafted ? #","drafted":true"# : #","drafted":false"#) }
        if let entropy = fields.entropy {
            write(#","entropy":"#)
            write(entropy)
        }
        if let id = fields.id {
            write(#","id":"#)
            write("\(id)")
        }
        write(#","kind":"token""#)
        if let logprob = fields.logprob {
            write(#","logprob":"#)
            write(logprob)
        }
        write(#","run":"#)
        write("\(fields.run.value)")
        write(#","text":"#)
        write(quoted: fields.text)
        if let top = fields.top { write(top) }
        write("}")
    }

    var data: Data { Data(bytes) }

    private mutating func write(_ alternatives: [TokenFields.Alternative]) {
        write(#","top":["#)
        for (index, alternative) in alternatives.enumerated() {
            write(index > 0 ? ",[" : "[")
            write(alternative.id.map { "\($0)" } ?? "null")
            write(",")
            write(quoted: alternative.text)
            write(",")
            write(alternative.logprob)
            write("]")
        }
        write("]")
    }

    private mutating func write(_ text: String) { bytes.append(contentsOf: text.utf8) }

    private mutating func write(_ measure: Measure) {
        let text = measure.value.description
        bytes.append(contentsOf: text.hasSuffix(".0") ? text.utf8.dropLast(2) : text.utf8[...])
    }

    private mutating func write(quoted text: String) {
        write("\"")
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case 0x20...: bytes.append(byte)
            case 0x08: write(#"\b"#)
            case 0x09: write(#"\t"#)
            case 0x0A: write(#"\n"#)
            case 0x0C: write(#"\f"#)
            case 0x0D: write(#"\r"#)
            default: write(byte < 0x10 ? #"\u000"# + String(byte, radix: 16) : #"\u00"# + String(byte, radix: 16))
            }
        }
        write("\"")
    }
}
