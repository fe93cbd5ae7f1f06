import Screen

/// A look with a name.
public struct Theme: Sendable, Equatable {
    public var name: String
    public var palette: Palette

    public init(name: String, palette: Palette) {
        self.name = name
        self.palette = palette
    }

    /// Weight and inversion only, for terminals without colours.
    public static let monochrome = Theme(name: "monochrome", palette: .monochrome)
}

/// How the screen looks.
public struct Appearance: Sendable, Equatable {
    /// Never empty.
    public private(set) var themes: [Theme]
    /// Index of the theme in use.
    public private(set) var selected: Int
    /// Draws with ASCII alone, for terminals that can show nothing else.
    public var asciiOnly: Bool

    /// - Parameters:
    ///   - themes: what the user can choose from; ``Theme/monochrome`` where there are none.
    ///   - selected: a theme's name; the first one where there is no such theme.
    public init(themes: [Theme] = [], selected: String? = nil, asciiOnly: Bool = false) {
        self.themes = themes.isEmpty ? [.monochrome] : themes
        self.selected = self.themes.firstIndex { $0.name == selected } ?? 0
        self.asciiOnly = asciiOnly
    }

    /// The theme in use.
    public var theme: Theme { themes[selected] }

    mutating func select(_ index: Int) {
        if themes.indices.contains(index) { selected = index }
    }
}
