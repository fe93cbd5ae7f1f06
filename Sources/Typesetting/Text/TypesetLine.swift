import Screen

/// A line of text for a terminal, in pieces that each mean something.
public struct TypesetLine: Sendable, Equatable {
    public struct Run: Sendable, Equatable {
        public var text: String
        public var role: Role

        public init(_ text: String, _ role: Role) {
            self.text = text
            self.role = role
        }
    }

    public var runs: [Run]

    public init(_ runs: [Run] = []) { self.runs = runs }

    init(_ text: String, _ role: Role) { runs = [Run(text, role)] }

    /// Without roles, and without blanks at the end.
    public var text: String {
        var text = runs.map(\.text).joined()
        while text.last == " " { text.removeLast() }
        return text
    }
}

extension Role {
    /// The colour of a plot's series: the smaller thing stands first.
    static func series(_ index: Int) -> Role {
        [Role.small, .large, .third, .fourth][index % 4]
    }
}
