extension Key {
    /// The key's name as help, documentation and the configuration file write it, such as "Ctrl+O" or "PgUp".
    public var name: String {
        switch self {
        case .character(let character): Self.name(of: character)
        case .control(let character): "Ctrl+" + Self.capital(character)
        case .alt(let character) where Self.lower(character) != character: "Alt+Shift+" + String(character)
        case .alt(let character): "Alt+" + Self.capital(character)
        case .altEnter: "Alt+Enter"
        case .backTab: "Shift+Tab"
        case .function(let number): "F\(number)"
        default: Self.named.first { $0.key == self }?.name ?? ""
        }
    }

    /// The key of that name: the inverse of ``name``, whatever the case of its words. A single letter is itself: "g"
    /// and "G" are two keys.
    ///
    /// nil for what is no key's name, and for Ctrl+H, Ctrl+I, Ctrl+M and Ctrl+[, which terminals send as Backspace,
    /// Tab, Enter and Esc.
    public init?(name: String) {
        if let character = Self.printable(name) {
            self = .character(character)
            return
        }
        let folded = name.lowercased()
        if let key = Self.fixed[folded] {
            self = key
        } else if folded.hasPrefix("ctrl+"), let character = Self.printable(String(folded.dropFirst(5))),
            Self.controls.contains(character)
        {
            self = .control(character)
        } else if folded.hasPrefix("alt+shift+"), let character = Self.printable(String(name.dropFirst(10))),
            Self.lower(Self.upper(character)) != Self.upper(character)
        {
            self = .alt(Self.upper(character))
        } else if folded.hasPrefix("alt+"), let character = Self.printable(String(name.dropFirst(4))) {
            self = .alt(Self.lower(character))
        } else {
            return nil
        }
    }

    private static let named: [(name: String, key: Key)] = [
        ("Enter", .enter), ("Tab", .tab), ("Esc", .escape), ("Backspace", .backspace), ("Del", .delete), ("Up", .up),
        ("Down", .down), ("Left", .left), ("Right", .right), ("Home", .home), ("End", .end), ("PgUp", .pageUp),
        ("PgDn", .pageDown),
    ]

    /// Names of more than one character, in lower case.
    private static let fixed: [String: Key] = {
        let further: [(String, Key)] = [("alt+enter", .altEnter), ("shift+tab", .backTab)]
        let functions = (1...12).map { ("f\($0)", Key.function($0)) }
        return Dictionary(uniqueKeysWithValues: named.map { ($0.name.lowercased(), $0.key) } + further + functions)
    }()

    /// What terminals can send with Ctrl. Space, \ ] ^ _ and the letters, but those that are keys of their own.
    private static let controls: Set<Character> = Set("abcdefgjklnopqrstuvwxyz \\]^_")

    /// The one character of a key's name; "Space" is a blank. nil for anything that isn't seen.
    private static func printable(_ name: String) -> Character? {
        if name.lowercased() == "space" { return " " }
        guard name.count == 1, let character = name.first, !character.isWhitespace,
            !VisibleText.needsReplacement(character)
        else { return nil }
        return character
    }

    private static func name(of character: Character) -> String { character == " " ? "Space" : String(character) }

    private static func capital(_ character: Character) -> String { name(of: upper(character)) }

    /// The upper-case form where it is one character and leads back; else the character itself.
    private static func upper(_ character: Character) -> Character {
        let upper = character.uppercased()
        return upper.count == 1 && upper.lowercased() == String(character) ? Character(upper) : character
    }

    private static func lower(_ character: Character) -> Character {
        let lower = character.lowercased()
        return lower.count == 1 && lower.uppercased() == String(character) ? Character(lower) : character
    }
}
