/// A colour in sRGB, or one of the sixteen that a terminal's user chose.
public struct Color: Sendable, Equatable, Hashable {
    public let red: UInt8
    public let green: UInt8
    public let blue: UInt8
    /// Which of the terminal's own colours is meant, from 0 to 15. The channels then stand for it where there is no
    /// terminal, as in a picture.
    public let terminalNumber: Int?

    public init(red: UInt8, green: UInt8, blue: UInt8) {
        self.init(red: red, green: green, blue: blue, terminalNumber: nil)
    }

    private init(red: UInt8, green: UInt8, blue: UInt8, terminalNumber: Int?) {
        self.red = red
        self.green = green
        self.blue = blue
        self.terminalNumber = terminalNumber
    }

    /// One of the terminal's own colours: "red", "bright blue"; nil if there is none of that name.
    public init?(name: String) {
        guard let number = Self.terminalNames.firstIndex(of: name), let color = Color(hex: Self.terminalHexes[number])
        else { return nil }
        self.init(red: color.red, green: color.green, blue: color.blue, terminalNumber: number)
    }

    /// The names of the terminal's own colours, by number.
    public static let terminalNames: [String] = {
        let names = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"]
        return names + names.map { "bright " + $0 }
    }()

    /// Legible on dark and on light ground, as far as their names allow.
    private static let terminalHexes = [
        "#202020", "#d0454c", "#3c9d4e", "#b58900", "#4a7fd6", "#b457b4", "#2a9d98", "#c8c8c8",
        "#7a7a7a", "#f0666c", "#5fc46f", "#dcb63c", "#7aa6f2", "#d57fd5", "#55c9c3", "#f5f5f5",
    ]

    /// A colour written as "#1e66f5"; nil if the text is anything else.
    public init?(hex: String) {
        guard hex.utf8.count == 7, hex.hasPrefix("#"), hex.utf8.dropFirst().allSatisfy({ Self.isHexDigit($0) }),
            let value = UInt32(hex.dropFirst(), radix: 16)
        else { return nil }
        self.init(
            red: UInt8(truncatingIfNeeded: value >> 16), green: UInt8(truncatingIfNeeded: value >> 8),
            blue: UInt8(truncatingIfNeeded: value))
    }

    /// The colour as "#1e66f5".
    public var hex: String {
        "#"
            + [red, green, blue].map { channel in
                let digits = String(channel, radix: 16)
                return digits.count == 1 ? "0" + digits : digits
            }.joined()
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        Character(Unicode.Scalar(byte)).isHexDigit
    }
}
