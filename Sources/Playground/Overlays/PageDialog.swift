import Screen

/// A dialog that shows a long text, built anew from the state whenever it is drawn.
public struct PageDialog: Sendable, Equatable {
    /// What is shown. Each kind has a file in `Pages/` that builds its lines.
    public enum Kind: Sendable, Equatable, CaseIterable {
        case help, figures, repeats, follow, prompt, example
    }

    public let kind: Kind
    /// The first line that is shown.
    public internal(set) var top = 0
    /// The pane that it is about, where it is about one.
    public internal(set) var pane: Int
    /// The id of the task's row that it is about, where it is about one.
    let row: String

    init(_ kind: Kind, pane: Int = 0, row: String = "") {
        self.kind = kind
        self.pane = pane
        self.row = row
    }
}

/// One line of a page.
typealias PageLine = [Span]

/// A page as it is drawn.
struct PageContents {
    var title: String
    var lines: [PageLine]
    /// The dialog.
    var frame: Rect
    /// Where its lines stand.
    var rect: Rect
}

extension State {
    /// The title and the lines of a page, and where they stand.
    func contents(of page: PageDialog, in layout: PlaygroundLayout) -> PageContents {
        let columns = layout.page(count: nil).size.columns
        let (title, lines) = contents(of: page, columns: columns)
        let wrapped = lines.flatMap { $0.wrapped(columns: columns) }
        // What grows line by line would move with each of them.
        let count = page.kind == .follow ? nil : wrapped.count
        return PageContents(
            title: title, lines: wrapped, frame: layout.pageFrame(count: count), rect: layout.page(count: count))
    }

    /// The same, however long a line is.
    func contents(of page: PageDialog, columns: Int) -> (title: String, lines: [PageLine]) {
        switch page.kind {
        case .help: ("Keys and commands", helpPage(columns: columns))
        case .figures: ("Figures", figuresPage(columns: columns))
        case .repeats: ("Repeats", repeatsPage(columns: columns))
        case .follow: (followTitle, followPage(columns: columns))
        case .prompt: ("What \(label(page.pane)) sees", promptPage(of: page.pane, columns: columns))
        case .example: ("Example \(VisibleText.of(page.row).onOneLine)", examplePage(of: page.row, columns: columns))
        }
    }

    mutating func openPage(_ kind: PageDialog.Kind) -> [Effect] {
        let pane = if case .pane(let index) = focus { index } else { 0 }
        dialog = .page(PageDialog(kind, pane: pane))
        return kind == .prompt ? renderPrompts() : []
    }

    /// Shows the same of the next pane.
    mutating func turnPage() {
        guard case .page(var page) = dialog else { return }
        page.pane = (page.pane + 1) % panes.count
        page.top = 0
        dialog = .page(page)
    }
}
