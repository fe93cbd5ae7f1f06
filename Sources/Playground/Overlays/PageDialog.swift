import Screen

/// A dialog that shows a long text, built anew from the state whenever it is drawn.
public struct PageDialog: Sendable, Equatable {
    /// What is shown. Each kind has a file in `Pages/` that builds its lines.
    public enum Kind: Sendable, Equatable, CaseIterable {
        case help, figures, repeats, follow, prompt
    }

    public let kind: Kind
    /// The first line that is shown.
    public internal(set) var top = 0
    /// The pane that it is about, where it is about one.
    public internal(set) var pane: Int

    init(_ kind: Kind, pane: Int = 0) {
        self.kind = kind
        self.pane = pane
    }
}

/// One line of a page.
typealias PageLine = [Span]

extension State {
    /// The title and the lines of a page in a number of columns.
    func contents(of page: PageDialog, columns: Int) -> (title: String, lines: [PageLine]) {
        let (title, lines) = rawContents(of: page, columns: columns)
        return (title, lines.flatMap { $0.wrapped(columns: columns) })
    }

    private func rawContents(of page: PageDialog, columns: Int) -> (title: String, lines: [PageLine]) {
        switch page.kind {
        case .help: ("Keys and commands", helpPage(columns: columns))
        case .figures: ("Figures", figuresPage(columns: columns))
        case .repeats: ("Repeats", repeatsPage(columns: columns))
        case .follow: (followTitle, followPage(columns: columns))
        case .prompt: ("What \(label(page.pane)) sees", promptPage(of: page.pane, columns: columns))
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
