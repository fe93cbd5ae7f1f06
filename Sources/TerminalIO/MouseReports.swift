import Screen

/// What terminals report of the mouse.
///
/// Source: xterm's control sequences, "Mouse Tracking": mode 1000 reports buttons, mode 1006 in the form
/// `CSI < button ; column ; row M`. Terminals that know only mode 1000 send `CSI M` and three bytes instead. The
/// button's bits 4, 8 and 16 are modifiers and ignored; 32 is movement, 64 the wheel, 128 a button beyond those.
enum MouseReports {
    /// The event of ESC [, parameters and a final byte; nil for releases, other buttons and anything else.
    static func event(parameters: [UInt8], final: UInt8) -> MouseEvent? {
        guard final == UInt8(ascii: "M"), parameters.first == UInt8(ascii: "<") else { return nil }
        let fields = parameters.dropFirst().split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
        let numbers = fields.compactMap { number($0) }
        guard fields.count == 3, numbers.count == 3 else { return nil }
        return event(button: numbers[0], column: numbers[1], row: numbers[2])
    }

    /// The event of the three bytes after ESC [ M, each of which is 32 more than what it says.
    static func event(bytes: [UInt8]) -> MouseEvent? {
        guard bytes.count == 3, bytes.allSatisfy({ $0 >= 32 }) else { return nil }
        return event(button: Int(bytes[0]) - 32, column: Int(bytes[1]) - 32, row: Int(bytes[2]) - 32)
    }

    private static func event(button: Int, column: Int, row: Int) -> MouseEvent? {
        guard column >= 1, row >= 1 else { return nil }
        let point = Point(column: column - 1, row: row - 1)
        switch button & ~0b11100 {
        case 0: return .press(point)
        case 64: return .wheelUp(point)
        case 65: return .wheelDown(point)
        default: return nil
        }
    }

    /// At most 9,999, which no screen reaches.
    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        guard (1...4).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }
}
