extension Palette {
    /// No colours, only weight and inversion: for terminals without colours and for `NO_COLOR`.
    public static let monochrome = Palette([
        .muted: Style(isDim: true),
        .title: Style(isBold: true),
        .borderFocused: Style(isBold: true),
        .small: Style(isBold: true),
        .large: Style(isBold: true),
        .third: Style(isBold: true),
        .fourth: Style(isBold: true),
        .question: Style(isBold: true),
        .drafted: Style(isUnderlined: true),
        .token: Style(isReverse: true),
        .divergence: Style(isReverse: true, isUnderlined: true),
        .differing: Style(isBold: true, isUnderlined: true),
        .tokenOdd: Style(isUnderlined: true),
        .heat1: Style(isDim: true),
        .heat3: Style(isUnderlined: true),
        .heat4: Style(isBold: true),
        .heat5: Style(isReverse: true),
        .heading: Style(isBold: true),
        .emphasis: Style(isItalic: true),
        .strong: Style(isBold: true),
        .gutter: Style(isDim: true),
        .metric: Style(isBold: true),
        .stall: Style(isReverse: true),
        .key: Style(isBold: true),
        .selection: Style(isReverse: true),
        .verdict: Style(isBold: true),
        .warning: Style(isBold: true),
        .error: Style(isBold: true, isReverse: true),
        .control: Style(isReverse: true),
    ])

    /// The terminal's own colours, by what a role means: for terminals with so few colours that a theme's own can't be
    /// had, and whose users chose what they look like. Only hues that are seen on dark and on light ground.
    public static let hues = Palette([
        .muted: Style(isDim: true),
        .title: Style(isBold: true),
        .border: Style(isDim: true),
        .borderFocused: Style(isBold: true),
        .small: Style(foreground: Color(name: "cyan"), isBold: true),
        .large: Style(foreground: Color(name: "magenta"), isBold: true),
        .third: Style(foreground: Color(name: "green"), isBold: true),
        .fourth: Style(foreground: Color(name: "yellow"), isBold: true),
        .drafted: Style(foreground: Color(name: "green"), isUnderlined: true),
        .rejected: Style(foreground: Color(name: "red"), isDim: true),
        .token: Style(isReverse: true),
        .divergence: Style(foreground: Color(name: "red"), isBold: true, isReverse: true),
        .agreeing: Style(foreground: Color(name: "green")),
        .differing: Style(foreground: Color(name: "red"), isUnderlined: true),
        .tokenOdd: Style(isUnderlined: true),
        .heat1: Style(foreground: Color(name: "cyan")),
        .heat3: Style(foreground: Color(name: "yellow")),
        .heat4: Style(foreground: Color(name: "magenta")),
        .heat5: Style(foreground: Color(name: "red"), isBold: true),
        .heading: Style(isBold: true, isUnderlined: true),
        .emphasis: Style(isItalic: true),
        .strong: Style(isBold: true),
        .code: Style(foreground: Color(name: "cyan")),
        .gutter: Style(isDim: true),
        .question: Style(isBold: true),
        .metric: Style(isBold: true),
        .estimate: Style(foreground: Color(name: "magenta")),
        .chart: Style(foreground: Color(name: "cyan")),
        .stall: Style(foreground: Color(name: "red"), isBold: true),
        .key: Style(foreground: Color(name: "cyan"), isBold: true),
        .selection: Style(isReverse: true),
        .verdict: Style(foreground: Color(name: "green"), isBold: true),
        .success: Style(foreground: Color(name: "green")),
        .warning: Style(foreground: Color(name: "yellow")),
        .error: Style(foreground: Color(name: "red"), isBold: true),
        .control: Style(foreground: Color(name: "magenta"), isReverse: true),
    ])

    /// Whether the colours of ordinary text are left to the terminal.
    public var leavesTextOpen: Bool {
        let text = self[.text]
        return text.foreground == nil && text.background == nil
    }
}
