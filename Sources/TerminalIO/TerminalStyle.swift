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

    /// The looks of all roles.
    static func all(of palette: Palette, depth: ColorDepth) -> [Role: TerminalStyle] {
        let palette = depth == .none ? withoutColors(palette) : palette
        var styles: [Role: TerminalStyle] = [:]
        for (index, role) in Role.allCases.enumerated() {
            var style = TerminalStyle(
                palette[role], text: palette[.text], plain: Palette.monochrome[role], depth: depth)
            style.pair = depth == .none ? 0 : index + 1
            styles[role] = style
        }
        return styles
    }

    /// - Parameters:
    ///   - text: the look of ordinary text, for comparison.
    ///   - plain: the role's look without colours.
    private init(_ style: Style, text: Style, plain: Style, depth: ColorDepth) {
        isBold = style.isBold
        isDim = style.isDim
        isReverse = style.isReverse
        isUnderlined = style.isUnderlined
        isItalic = style.isItalic
        switch depth {
        case .none: break
        case .indexed, .direct:
            foreground = style.foreground.map { depth.number(of: $0) } ?? -1
            background = style.background.map { depth.number(of: $0) } ?? -1
        case .eight, .sixteen:
            // Few colours, which the user chose: text and background stay the user's own, so that text can be read,
            // and a background of its own becomes an inverted hue.
            if let color = style.background, color != text.background {
                foreground = depth.number(of: color)
                isReverse.toggle()
            } else if let color = style.foreground, color != text.foreground {
                foreground = depth.number(of: color)
            }
            // Black on an unknown background may be black on black.
            if foreground == 0 { foreground = -1 }
            // Greys can't be told apart; weight can.
            if [-1, 7, 15].contains(foreground), !isBold, !isDim, !isReverse, !isUnderlined, !isItalic {
                isBold = plain.isBold
                isDim = plain.isDim
                isReverse = plain.isReverse
            }
        }
    }

    /// A palette's weights where it has any, and the monochrome ones for roles that differ by colour only.
    private static func withoutColors(_ palette: Palette) -> Palette {
        Palette(
            Dictionary(
                uniqueKeysWithValues: Role.allCases.map { role in
                    var style = palette[role]
                    style.foreground = nil
                    style.background = nil
                    return (role, style == Style() ? Palette.monochrome[role] : style)
                }))
    }
}
