/// How strings are written in JSON.
enum JSONStringLanguage {
    private static let controls = ScalarSet([0...0x1F])
    private static let marked = ScalarSet(["\"", "\\"])
    private static let short: [(scalar: Unicode.Scalar, escape: String)] = [
        ("\u{8}", "\\b"), ("\t", "\\t"), ("\n", "\\n"), ("\u{C}", "\\f"), ("\r", "\\r"), ("\"", "\\\""), ("\\", "\\\\"),
    ]
    private static let hexadecimal = ScalarSet([0x30...0x39, 0x41...0x46, 0x61...0x66])

    /// One character of a string, in any way that JSON has for it (RFC 8259, section 7); surrogates only in pairs.
    static let character: GrammarExpression = {
        let digit = GrammarExpression.scalar(hexadecimal)
        let beforeD = ScalarSet([0x30...0x39, 0x41...0x43, 0x45...0x46, 0x61...0x63, 0x65...0x66])
        return .choice([
            .scalar(controls.union(marked).inverted),
            .sequence([.text("\\"), .scalar(ScalarSet(Array("\"\\/bfnrt".unicodeScalars)))]),
            .sequence([.text("\\u"), .scalar(beforeD), digit, digit, digit]),
            .sequence([.text("\\u"), .scalar(ScalarSet(["d", "D"])), .scalar(ScalarSet([0x30...0x37])), digit, digit]),
            .sequence([
                .text("\\u"), .scalar(ScalarSet(["d", "D"])), .scalar(ScalarSet(["8", "9", "a", "b", "A", "B"])), digit,
                digit, .text("\\u"), .scalar(ScalarSet(["d", "D"])),
                .scalar(ScalarSet([0x43...0x46, 0x63...0x66])), digit, digit,
            ]),
        ])
    }()

    /// One scalar of a set, each in one way only: as it is, or with the shortest escape.
    static func canonical(_ set: ScalarSet) -> GrammarExpression {
        var alternatives: [GrammarExpression] = []
        let plain = set.subtracting(controls.union(marked))
        if !plain.isEmpty { alternatives.append(.scalar(plain)) }
        for (scalar, escape) in short where set.contains(scalar) { alternatives.append(.text(escape)) }
        for value in UInt8(0)..<0x20 {
            let scalar = Unicode.Scalar(value)
            guard set.contains(scalar), !short.contains(where: { $0.scalar == scalar }) else { continue }
            let digits = String(value, radix: 16)
            alternatives.append(.text("\\u" + String(repeating: "0", count: 4 - digits.count) + digits))
        }
        return alternatives.count == 1 ? alternatives[0] : .choice(alternatives)
    }

    /// Any text between quotation marks, written in one way only.
    static let canonicalText = GrammarExpression.any(canonical(.all))

    /// A string as it is written in one way only, without its quotation marks.
    static func canonicalBytes(_ text: String) -> [UInt8] {
        Array(JSONValue.string(text).serialized().utf8.dropFirst().dropLast())
    }

    static func quoted(_ content: GrammarExpression) -> GrammarExpression {
        .sequence([.text("\""), content, .text("\"")])
    }
}
