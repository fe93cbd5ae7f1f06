import Screen

/// What the bytes and sequences that terminals send for keys mean.
///
/// Sources: xterm's control sequences ("PC-style function keys", modifyOtherKeys), rxvt's and the Linux console's
/// deviations, and the CSI u form. Modifiers that a key has no meaning with are ignored, except that Ctrl or Alt with
/// an arrow moves by words, as readline's Alt+B and Alt+F do.
enum KeySequences {
    /// The key of a single control byte, ESC excepted.
    static func control(_ byte: UInt8) -> Key {
        switch byte {
        case 0x00: .control(" ")
        case 0x08, 0x7F: .backspace
        case 0x09: .tab
        case 0x0D: .enter
        case 0x01...0x1A: .control(Character(Unicode.Scalar(byte + 0x60)))
        // Ctrl with \ ] ^ _
        default: .control(Character(Unicode.Scalar(byte + 0x40)))
        }
    }

    /// The key of ESC O and a byte.
    static func singleShift(_ byte: UInt8) -> Key? {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "d"): letter(byte - 0x20, modifiers: .control)
        case UInt8(ascii: "M"): .enter
        default: letter(byte, modifiers: [])
        }
    }

    /// The key of ESC [, parameters and a final byte.
    static func control(parameters: [UInt8], final: UInt8) -> Key? {
        guard let numbers = numbers(parameters) else { return nil }
        let modifiers = Modifiers(parameter: numbers.count > 1 ? numbers[1] : 1)
        switch final {
        case UInt8(ascii: "~"):
            // modifyOtherKeys: CSI 27 ; modifiers ; code ~
            if numbers.count == 3, numbers[0] == 27 { return key(code: numbers[2], modifiers) }
            return numbered(numbers.first ?? 0, modifiers)
        case UInt8(ascii: "^"): return numbered(numbers.first ?? 0, .control)
        case UInt8(ascii: "$"), UInt8(ascii: "@"): return numbered(numbers.first ?? 0, [])
        case UInt8(ascii: "u"): return key(code: numbers.first ?? 0, modifiers)
        case UInt8(ascii: "Z"): return .backTab
        case UInt8(ascii: "a")...UInt8(ascii: "d"): return letter(final - 0x20, modifiers: [])
        default: return letter(final, modifiers: modifiers)
        }
    }

    private struct Modifiers: OptionSet {
        let rawValue: Int
        static let shift = Modifiers(rawValue: 1)
        static let alt = Modifiers(rawValue: 2)
        static let control = Modifiers(rawValue: 4)

        init(rawValue: Int) { self.rawValue = rawValue }

        /// Terminals send one more than the bits.
        init(parameter: Int) { rawValue = max(0, parameter - 1) & 7 }

        var movesByWords: Bool { contains(.control) || contains(.alt) }
    }

    private static func letter(_ byte: UInt8, modifiers: Modifiers) -> Key? {
        switch byte {
        case UInt8(ascii: "A"): .up
        case UInt8(ascii: "B"): .down
        case UInt8(ascii: "C"): modifiers.movesByWords ? .alt("f") : .right
        case UInt8(ascii: "D"): modifiers.movesByWords ? .alt("b") : .left
        case UInt8(ascii: "H"): .home
        case UInt8(ascii: "F"): .end
        case UInt8(ascii: "P")...UInt8(ascii: "S"): .function(Int(byte) - 0x4F)
        default: nil
        }
    }

    private static func numbered(_ number: Int, _ modifiers: Modifiers) -> Key? {
        switch number {
        case 1, 7: .home
        case 4, 8: .end
        case 3: modifiers.movesByWords ? .alt("d") : .delete
        case 5: .pageUp
        case 6: .pageDown
        case 11...15: .function(number - 10)
        case 17...21: .function(number - 11)
        case 23, 24: .function(number - 12)
        default: nil
        }
    }

    /// A key that is sent by its code point.
    private static func key(code: Int, _ modifiers: Modifiers) -> Key? {
        switch code {
        case 13: return modifiers.isEmpty ? .enter : .altEnter
        case 9: return modifiers.contains(.shift) ? .backTab : .tab
        case 27: return .escape
        case 8, 127: return modifiers.movesByWords ? .control("w") : .backspace
        default: break
        }
        guard code >= 0x20, !(0x7F...0x9F).contains(code), let value = UInt32(exactly: code),
            let scalar = Unicode.Scalar(value)
        else { return nil }
        let character = Character(scalar)
        if modifiers.contains(.control) { return .control(character.lowercased().first ?? character) }
        return modifiers.contains(.alt) ? .alt(character) : .character(character)
    }

    /// Parameters as numbers, subparameters after ":" left out; nil where they are private ("?", "<") or garbled.
    private static func numbers(_ parameters: [UInt8]) -> [Int]? {
        guard !parameters.isEmpty else { return [] }
        var numbers: [Int] = []
        for field in parameters.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false) {
            var number = 0
            for byte in field.prefix(while: { $0 != UInt8(ascii: ":") }) {
                guard (0x30...0x39).contains(byte), number < 10_000_000 else { return nil }
                number = number * 10 + Int(byte - 0x30)
            }
            numbers.append(field.isEmpty ? 1 : number)
        }
        return numbers
    }
}
