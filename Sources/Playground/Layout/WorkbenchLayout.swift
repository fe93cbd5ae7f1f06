import Screen
import Typesetting

/// Where everything of a task stands: a title, a part for each side, and the examples or the report below.
struct WorkbenchLayout: Equatable {
    /// Below this width a side has no room beside another one.
    private static let narrowestCard = 38
    /// Rows of a side: its name, its progress, accuracy, two of figures.
    private static let cardRows = 5
    private static let lowestBody = 6
    /// Rows in which most of a report can be read.
    private static let wholeReport = 24

    let title: Rect
    /// One a side, as many as there is room for.
    let sides: [Rect]
    /// Each side has a single line.
    let isCompact: Bool
    /// What is shown below, and the way to the rest.
    let tabs: Rect
    let body: Rect

    /// The rows of examples, below their titles.
    var rows: Rect { body.split(top: 1).rest }

    /// - Parameter isBrief: whether the sides have said what they had to.
    init(_ area: Rect, sides count: Int, isBrief: Bool = false) {
        let inside = area.inset(columns: 1, rows: 0)
        let count = max(1, count)
        let perRow = min(count, max(1, inside.size.columns / Self.narrowestCard))
        let lines = (count + perRow - 1) / perRow
        let wanted = isBrief ? Self.wholeReport : Self.lowestBody
        isCompact = lines * Self.cardRows + 2 + wanted > inside.size.rows
        let most = max(1, min(count, inside.size.rows - 2 - Self.lowestBody))
        let height = isCompact ? most : lines * Self.cardRows
        let parts = inside.split(rows: [.fixed(1), .fixed(height), .fixed(1), .share()])
        title = parts[0]
        tabs = parts[2]
        body = parts[3]
        if isCompact {
            sides = parts[1].split(rows: Array(repeating: .fixed(1), count: most))
        } else {
            let cells = parts[1].split(rows: Array(repeating: .fixed(Self.cardRows), count: lines)).enumerated().flatMap
            {
                row, line in
                line.split(columns: Array(repeating: .share(), count: min(perRow, count - row * perRow)))
            }
            // A blank column keeps neighbours apart.
            sides = cells.map { $0.split(columns: [.share(), .fixed(perRow > 1 ? 2 : 0)])[0] }
        }
    }
}

extension State {
    /// Where the task's view stands: all but the line of hints.
    var workbenchLayout: WorkbenchLayout {
        WorkbenchLayout(
            Rect(size).split(bottom: 1).rest, sides: workbench?.board.sides.count ?? 0,
            isBrief: workbench?.tab == .report)
    }

    /// A report's lines as the view shows them.
    func reportLines(columns: Int) -> [PageLine] {
        guard let workbench else { return [] }
        guard let report = workbench.board.report else { return workbench.reasonForNoReport(columns: columns) }
        let path = workbench.board.recordPath.map { [[], [Span("Recorded in \(VisibleText.of($0))", .muted)]] } ?? []
        return ReportText(report, columns: columns).lines.map { $0.runs.map { Span($0.text, $0.role) } }
            + path.flatMap { $0.wrapped(columns: columns) }
    }
}

extension Workbench {
    /// What stands in the report's place, and what happened besides.
    fileprivate func reasonForNoReport(columns: Int) -> [PageLine] {
        let (text, role): (String, Role) =
            switch phase {
            case .starting, .running, .finished: ("The report comes when the task is done.", .muted)
            case .stopped: (State.resumeRemark, .warning)
            case .failed(let reason): (reason, .error)
            }
        let notes = board.notes.map { ($0, Role.muted) }
        return ([(text, role)] + notes).flatMap { text, role in
            Wrap.lines(of: VisibleText.of(text), columns: columns).map { [Span($0, role)] }
        }
    }
}
