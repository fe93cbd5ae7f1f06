import Screen

/// The frame that all dialogs share.
struct DialogView {
    let title: String

    func draw(on frame: inout Frame, in rect: Rect) {
        frame.cursor = nil
        frame.fill(rect, with: Cell(" ", .text))
        frame.border(rect, role: .borderFocused)
        let line = rect.split(top: 1).top.inset(columns: 2, rows: 0)
        frame.write(
            " " + TextWidth.truncate(title, to: line.size.columns - 2) + " ", at: line.origin, role: .title,
            columns: line.size.columns)
    }
}

/// Which rows of a list are in sight: the chosen one as close to the middle as the ends allow.
struct ListWindow: Equatable {
    let rows: Range<Int>

    init(selected: Int, count: Int, visible: Int) {
        let first = max(0, min(selected - visible / 2, count - visible))
        rows = first..<max(first, min(count, first + visible))
    }
}
