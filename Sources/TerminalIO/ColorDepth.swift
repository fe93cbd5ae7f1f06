import Screen

/// How many colours a terminal shows, and which of them comes closest to a wanted one.
public enum ColorDepth: Sendable, Equatable {
    /// Weight and inversion only.
    case none
    case eight
    case sixteen
    /// The 16 named colours, a cube of 6×6×6, and 24 greys, as xterm has them.
    case indexed
    /// 24-bit colour.
    case direct

    /// - Parameters:
    ///   - colors: what terminfo says.
    ///   - isDirect: whether colour numbers are RGB values.
    ///   - noColor: the value of `NO_COLOR`; anything but an empty text turns colours off (no-color.org).
    public init(colors: Int, isDirect: Bool, noColor: String?) {
        if let noColor, !noColor.isEmpty {
            self = .none
        } else if isDirect, colors > 256 {
            self = .direct
        } else {
            switch colors {
            case 256...: self = .indexed
            case 16...: self = .sixteen
            case 8...: self = .eight
            default: self = .none
            }
        }
    }

    /// Whether the environment says that the terminal shows 24-bit colour, whatever terminfo says: `COLORTERM` is
    /// `truecolor` or `24bit`.
    ///
    /// Not believed where GNU screen is in between: it inherits the variable and misreads the sequences.
    public static func isDirectPromised(by environment: [String: String]) -> Bool {
        guard let promise = environment["COLORTERM"], ["truecolor", "24bit"].contains(promise.lowercased()),
            (environment["NO_COLOR"] ?? "").isEmpty
        else { return false }
        let isTmux = !(environment["TMUX"] ?? "").isEmpty
        let isScreen = !(environment["STY"] ?? "").isEmpty || environment["TERM"]?.hasPrefix("screen") == true
        return isTmux || !isScreen
    }

    /// The terminal's number for the nearest colour; -1, the terminal's own colour, for ``none``.
    public func number(of color: Color) -> Int {
        if let number = color.terminalNumber { return self.number(ofTerminal: number, color) }
        switch self {
        case .none: return -1
        case .eight: return Self.named(color, isBrightAllowed: false)
        case .sixteen: return Self.named(color, isBrightAllowed: true)
        case .indexed: return Self.indexed(color)
        case .direct:
            let value = Int(color.red) << 16 | Int(color.green) << 8 | Int(color.blue)
            // Entries with direct colour keep the first numbers for the named colours.
            return value < 8 ? 0 : value
        }
    }

    private func number(ofTerminal number: Int, _ color: Color) -> Int {
        switch self {
        case .none: -1
        case .eight: number & 7
        case .sixteen, .indexed: number
        // Only the first eight numbers are names there.
        case .direct: number < 8 ? number : Int(color.red) << 16 | Int(color.green) << 8 | Int(color.blue)
        }
    }

    /// What users set the named colours to can't be known, so the hue decides, not the distance.
    private static func named(_ color: Color, isBrightAllowed: Bool) -> Int {
        let (red, green, blue) = (Int(color.red), Int(color.green), Int(color.blue))
        let brightest = max(red, green, blue)
        let darkest = min(red, green, blue)
        if brightest - darkest < 40 {
            switch brightest {
            case ..<64: return 0
            case ..<160: return isBrightAllowed ? 8 : 7
            default: return isBrightAllowed && brightest > 224 ? 15 : 7
            }
        }
        // A channel counts as lit in the upper half of the colour's own range.
        let middle = (brightest + darkest + 1) / 2
        let number = (red >= middle ? 1 : 0) + (green >= middle ? 2 : 0) + (blue >= middle ? 4 : 0)
        return isBrightAllowed && brightest > 192 ? number + 8 : number
    }

    private static let cube = [0, 95, 135, 175, 215, 255]

    /// The nearest of the cube and the greys; the 16 named colours are left out, as users set them as they like.
    private static func indexed(_ color: Color) -> Int {
        let wanted = [Int(color.red), Int(color.green), Int(color.blue)]
        let steps = wanted.map { channel in
            cube.indices.min { abs(cube[$0] - channel) < abs(cube[$1] - channel) } ?? 0
        }
        let cubeDistance = distance(steps.map { cube[$0] }, wanted)
        let grey = min(23, max(0, (wanted.reduce(0, +) / 3 - 3) / 10))
        let greyDistance = distance(Array(repeating: 8 + 10 * grey, count: 3), wanted)
        return greyDistance < cubeDistance ? 232 + grey : 16 + 36 * steps[0] + 6 * steps[1] + steps[2]
    }

    private static func distance(_ first: [Int], _ second: [Int]) -> Int {
        zip(first, second).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    }
}
