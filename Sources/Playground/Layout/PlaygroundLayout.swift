import Screen

/// Where everything stands, computed once from the size. The rectangles of panes, verdict, prompt and hints never
/// overlap and never leave the screen.
struct PlaygroundLayout: Equatable {
    /// The smallest screen that is drawn on.
    static let minimum = Size(columns: 40, rows: 12)
    /// Below this many columns a pane has no room beside another one.
    private static let narrowestPane = 30

    /// The parts of one pane.
    struct PaneRects: Equatable {
        /// The pane as a whole.
        var frame: Rect
        /// Whether the frame has a border on all sides; otherwise only a title line.
        var isBoxed: Bool
        /// The conversation.
        var transcript: Rect
        /// The line between conversation and figures; empty where there is no room for one.
        var rule: Rect
        var metrics: Rect
    }

    let size: Size
    private(set) var panes: [PaneRects] = []
    private(set) var verdict: Rect
    /// The prompt with its border, if it has one.
    private(set) var promptFrame: Rect
    private(set) var hasPromptBorder: Bool
    /// Where the marker in front of the prompt stands, and the text behind it.
    private(set) var promptMarker: Rect
    private(set) var promptText: Rect
    private(set) var hints: Rect

    var isTooSmall: Bool { size.columns < Self.minimum.columns || size.rows < Self.minimum.rows }

    /// - Parameter promptRows: the rows that the prompt would fill; it gets from 1 to 4 of them, on tall screens 8.
    init(size: Size, paneCount: Int, promptRows: Int) {
        self.size = size
        hasPromptBorder = size.rows >= 30
        let most = hasPromptBorder ? 8 : min(4, max(1, size.rows / 6))
        let textRows = min(max(1, promptRows), most)
        let parts = Rect(size).split(rows: [
            .share(), .fixed(1), .fixed(textRows + (hasPromptBorder ? 2 : 0)), .fixed(1),
        ])
        verdict = parts[1].inset(columns: 1, rows: 0)
        promptFrame = parts[2]
        hints = parts[3].inset(columns: 1, rows: 0)
        let inside = hasPromptBorder ? promptFrame.inset(columns: 2, rows: 1) : promptFrame.inset(columns: 1, rows: 0)
        let prompt = inside.split(columns: [.fixed(2), .share()])
        promptMarker = prompt[0]
        promptText = prompt[1]
        panes = Self.divide(parts[0], among: max(1, paneCount)).map { Self.pane(in: $0) }
    }

    /// The columns that the prompt's text has, whatever its height.
    static func promptColumns(_ size: Size) -> Int {
        PlaygroundLayout(size: size, paneCount: 1, promptRows: 1).promptText.size.columns
    }

    private static func divide(_ area: Rect, among count: Int) -> [Rect] {
        let shares = Array(repeating: Layout.Length.share(), count: count)
        return area.size.columns / count >= narrowestPane ? area.split(columns: shares) : area.split(rows: shares)
    }

    private static func pane(in frame: Rect) -> PaneRects {
        let isBoxed = frame.size.rows >= 8
        let inside =
            isBoxed ? frame.inset(columns: 2, rows: 1) : frame.split(top: 1).rest.inset(columns: 1, rows: 0)
        let hasRule = inside.size.rows >= 10
        let strip = MetricsStrip.Design(columns: inside.size.columns)
            .height(of: max(1, (inside.size.rows - (hasRule ? 1 : 0)) / 2))
        let parts = inside.split(rows: [.share(), .fixed(hasRule ? 1 : 0), .fixed(strip)])
        return PaneRects(frame: frame, isBoxed: isBoxed, transcript: parts[0], rule: parts[1], metrics: parts[2])
    }
}

extension PlaygroundLayout {
    /// A dialog of a wanted size, or as much of it as leaves a margin.
    private func dialog(columns: Int, rows: Int) -> Rect {
        Rect(size).inset(by: 1).centered(Size(columns: columns, rows: rows))
    }

    /// The inside of a dialog's border.
    static func content(of dialog: Rect) -> Rect { dialog.inset(columns: 2, rows: 1) }

    func models(count: Int) -> Rect { dialog(columns: 92, rows: max(9, count + 8)) }
    /// The rows of the list in it.
    func modelsList(count: Int) -> Rect {
        Self.content(of: models(count: count)).split(rows: [.fixed(2), .share(), .fixed(4)])[1]
    }

    var parameters: Rect { dialog(columns: 76, rows: Parameter.allCases.count + 5) }
    var parametersList: Rect { Self.content(of: parameters).split(bottom: 3).rest }

    var systemPrompt: Rect { dialog(columns: 72, rows: max(10, size.rows / 2)) }
    var systemPromptText: Rect { Self.content(of: systemPrompt).split(bottom: 2).rest }

    var help: Rect { dialog(columns: 76, rows: size.rows) }
    var helpPage: Rect { Self.content(of: help).split(bottom: 1).rest }

    var palette: Rect { dialog(columns: 60, rows: CommandPalette.commands.count + 6) }
    var paletteList: Rect { Self.content(of: palette).split(rows: [.fixed(2), .share(), .fixed(2)])[1] }
}

extension State {
    /// Where everything stands now.
    var layout: PlaygroundLayout {
        let columns = PlaygroundLayout.promptColumns(size)
        let rows = EditorRows(prompt.editor.characters, columns: columns).ranges.count
        return PlaygroundLayout(size: size, paneCount: panes.count, promptRows: rows)
    }
}
