/// One character cell.
public struct Cell: Sendable, Equatable {
    /// What is drawn: one user-perceived character, one or two columns wide. The second column of a wide glyph holds
    /// ``continuation``.
    public var glyph: Character
    public var role: Role

    public init(_ glyph: Character, _ role: Role = .text) {
        self.glyph = glyph
        self.role = role
    }

    public static let blank = Cell(" ")
    /// Marks the right half of a wide glyph; nothing is drawn for it.
    public static let continuation: Character = "\u{0}"
}
