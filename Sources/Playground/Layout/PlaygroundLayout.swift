import Screen

/// Where everything stands, computed once from the size. The rectangles of panes, verdict, prompt, inspector and hints
/// never overlap and never leave the screen.
struct PlaygroundLayout: Equatable {
    /// The smallest screen that is drawn on.
    static let minimum = Size(columns: 40, rows: 12)

    /// What there is to be arranged.
    struct Contents: Equatable {
        /// Indices of the panes, in order.
        var panes: [Int]
        /// The pane that has to be in sight where there isn't room for all.
        var anchor: Int?
        /// The rows that the prompt would fill.
        var promptRows = 1
        /// One pane has the screen to itself.
        var isZoomed = false
        /// The prompt is written on.
        var hasPrompt = true
        /// A token is looked at: the inspector takes the prompt's place.
        var hasInspector = false
    }

    /// The parts of one pane.
    struct PaneRects: Equatable {
        /// Index of the pane.
        var pane: Int
        /// The pane as a whole.
        var frame: Rect
        /// How the pane is set apart from the others.
        var edge: Edge
        /// The conversation.
        var transcript: Rect
        /// The line between conversation and figures; empty where there is no room for one.
        var rule: Rect
        var metrics: Rect
    }

    enum Edge: Equatable {
        /// A border on all sides, with the title in it.
        case box
        /// Only a title line.
        case title
        case none
    }

    let size: Size
    private(set) var panes: [PaneRects] = []
    /// How many panes there is no room for.
    private(set) var hiddenPanes = 0
    private(set) var verdict: Rect
    /// The prompt with its border, if it has one.
    private(set) var promptFrame: Rect
    private(set) var hasPromptBorder: Bool
    /// Where the marker in front of the prompt stands, and the text behind it.
    private(set) var promptMarker: Rect
    private(set) var promptText: Rect
    private(set) var inspector: Rect
    private(set) var hints: Rect

    var isTooSmall: Bool { size.columns < Self.minimum.columns || size.rows < Self.minimum.rows }

    /// - Parameter contents: the prompt gets from 1 to 4 rows of those that it would fill, on tall screens 8.
    init(size: Size, _ contents: Contents) {
        self.size = size
        let hasPrompt = contents.hasPrompt && !contents.hasInspector
        let hasVerdict = !contents.isZoomed && !contents.hasInspector
        hasPromptBorder = size.rows >= 30 && hasPrompt
        let most = hasPromptBorder ? 8 : min(4, max(1, size.rows / 6))
        let textRows = min(max(1, contents.promptRows), most)
        let inspectorRows = contents.hasInspector ? min(14, max(6, size.rows * 2 / 5)) : 0
        let parts = Rect(size).split(rows: [
            .share(), .fixed(hasVerdict ? 1 : 0), .fixed(hasPrompt ? textRows + (hasPromptBorder ? 2 : 0) : 0),
            .fixed(inspectorRows), .fixed(1),
        ])
        verdict = parts[1].inset(columns: 1, rows: 0)
        promptFrame = parts[2]
        inspector = parts[3]
        hints = parts[4].inset(columns: 1, rows: 0)
        let inside = hasPromptBorder ? promptFrame.inset(columns: 2, rows: 1) : promptFrame.inset(columns: 1, rows: 0)
        let prompt = inside.split(columns: [.fixed(2), .share()])
        promptMarker = prompt[0]
        promptText = prompt[1]
        let grid = PaneGrid(parts[0], count: contents.panes.count)
        let visible = grid.window(of: contents.panes, around: contents.anchor)
        hiddenPanes = contents.panes.count - visible.count
        panes = zip(visible, grid.rects(count: visible.count)).map { pane, rect in
            contents.isZoomed
                ? Self.bare(pane, in: rect) : Self.pane(pane, in: rect, hasMetrics: !contents.hasInspector)
        }
    }

    /// Where a pane stands; nil where it is out of sight.
    func rects(of pane: Int) -> PaneRects? { panes.first { $0.pane == pane } }

    private static func bare(_ pane: Int, in frame: Rect) -> PaneRects {
        let empty = Rect(column: frame.minColumn, row: frame.maxRow, columns: 0, rows: 0)
        return PaneRects(pane: pane, frame: frame, edge: .none, transcript: frame, rule: empty, metrics: empty)
    }

    private static func pane(_ pane: Int, in frame: Rect, hasMetrics: Bool) -> PaneRects {
        let isBoxed = frame.size.rows >= 8 || (!hasMetrics && frame.size.rows >= 5)
        let inside =
            isBoxed ? frame.inset(columns: 2, rows: 1) : frame.split(top: 1).rest.inset(columns: 1, rows: 0)
        let hasRule = hasMetrics && inside.size.rows >= 10
        let strip =
            hasMetrics
            ? MetricsStrip.Design(columns: inside.size.columns)
                .height(of: max(1, (inside.size.rows - (hasRule ? 1 : 0)) / 2)) : 0
        let parts = inside.split(rows: [.share(), .fixed(hasRule ? 1 : 0), .fixed(strip)])
        return PaneRects(
            pane: pane, frame: frame, edge: isBoxed ? .box : .title, transcript: parts[0], rule: parts[1],
            metrics: parts[2])
    }
}

extension State {
    /// Where everything stands now.
    var layout: PlaygroundLayout {
        var contents = PlaygroundLayout.Contents(panes: shownPanes)
        let columns = PlaygroundLayout(size: size, contents).promptText.size.columns
        contents.promptRows = EditorRows(prompt.editor.characters, columns: columns).ranges.count
        contents.isZoomed = zoomed != nil
        contents.hasPrompt = zoomed == nil || focus == .prompt
        contents.hasInspector = inspector != nil
        contents.anchor = anchor
        return PlaygroundLayout(size: size, contents)
    }

    /// The pane that has to be in sight: the one that is looked at, else the one that answers.
    private var anchor: Int? {
        if let inspector { return inspector.pane }
        if case .pane(let index) = focus { return index }
        return panes.firstIndex { $0.turns.last?.isRunning == true }
    }
}
