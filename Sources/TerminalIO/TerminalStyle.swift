import Screen

/// A role's look in the terminal's own terms.
struct TerminalStyle: Equatable {
    /// Number of the colour pair; 0 where there are no colours.
    var pair = 0
    /// Colour numbers; -1 is the terminal's own colour.
    var foreground = -1
    var background = -1
    var isBold = false
    var isDim = false
    var isReverse = false
    var isUnderlined = false
    var isItalic = false

    /// Whether a blank in this style can't be told from one in another: only the ground shows.
    func blankLooksLike(_ other: TerminalStyle) -> Bool {
        background == other.background && !isReverse && !other.isReverse && !isUnderlined && !other.isUnderlined
    }

    /// The looks of all roles.
    ///
    /// With sixteen colours or fewer, nobody knows what they look like: a theme that sets the colours of text can't be
    /// kept legible there, so ``Palette/hues`` stand for it, and text and its ground stay the user's own.
    static func all(of palette: Palette, depth: ColorDepth) -> [Role: TerminalStyle] {
        let shown =
            switch depth {
            case .none: Palette.monochrome
            case .eight, .sixteen: palette.leavesTextOpen ? palette : .hues
            case .indexed, .direct: palette
            }
        var styles: [Role: TerminalStyle] = [:]
        for (index, role) in Role.allCases.enumerated() {
            styles[role] = TerminalStyle(shown[role], depth: depth, pair: depth == .none ? 0 : index + 1)
        }
        return styles
    }

    private init(_ style: Style, depth: ColorDepth, pair: Int) {
        self.pair = pair
        isBold = style.isBold
        isDim = style.isDim
        isReverse = style.isReverse
        isUnderlined = style.isUnderlined
        isItalic = style.isItalic
        foreground = style.foreground.map { depth.number(of: $0) } ?? -1
        background = style.background.map { depth.number(of: $0) } ?? -1
    }
}
