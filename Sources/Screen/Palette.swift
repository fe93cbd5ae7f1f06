/// How a role looks.
public struct Style: Sendable, Equatable, Hashable {
    /// nil is the colour of ``Role/text``, and there the terminal's own.
    public var foreground: Color?
    /// nil is the background of ``Role/text``, and there the terminal's own.
    public var background: Color?
    public var isBold: Bool
    public var isDim: Bool
    /// Foreground and background change places.
    public var isReverse: Bool
    public var isUnderlined: Bool
    public var isItalic: Bool

    public init(
        foreground: Color? = nil, background: Color? = nil, isBold: Bool = false, isDim: Bool = false,
        isReverse: Bool = false, isUnderlined: Bool = false, isItalic: Bool = false
    ) {
        self.foreground = foreground
        self.background = background
        self.isBold = isBold
        self.isDim = isDim
        self.isReverse = isReverse
        self.isUnderlined = isUnderlined
        self.isItalic = isItalic
    }
}

/// The look of every role: what a theme comes down to.
public struct Palette: Sendable, Equatable {
    private var styles: [Role: Style]

    /// Roles that aren't listed look like ``Role/text``.
    public init(_ styles: [Role: Style]) {
        self.styles = styles
    }

    /// The look of a role, with the colours that it leaves open taken from ``Role/text``.
    public subscript(role: Role) -> Style {
        let text = styles[.text] ?? Style()
        guard var style = styles[role] else { return text }
        style.foreground = style.foreground ?? text.foreground
        style.background = style.background ?? text.background
        return style
    }
}
