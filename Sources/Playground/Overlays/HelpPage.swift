/// The dialog that lists every key.
public struct HelpPage: Sendable, Equatable {
    /// The first line that is shown.
    public internal(set) var top = 0

    /// One line of the page.
    enum Line: Equatable {
        case heading(String)
        case binding(keys: String, title: String)
        case blank
    }

    /// All lines, built from the key table.
    static let lines: [Line] = {
        var lines: [Line] = []
        for context in KeyContext.allCases {
            let bindings = Keymap.bindings.filter { $0.context == context }
            if bindings.isEmpty { continue }
            if !lines.isEmpty { lines.append(.blank) }
            lines.append(.heading(context.rawValue))
            lines += bindings.map { .binding(keys: $0.keyNames, title: $0.title) }
        }
        return lines
    }()
}

extension KeyBinding {
    /// The keys in one text, such as "F2, Ctrl+G".
    var keyNames: String { keys.map(\.name).joined(separator: ", ") }
}
