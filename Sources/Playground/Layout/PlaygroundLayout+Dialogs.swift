import Screen

extension PlaygroundLayout {
    /// A dialog of a wanted size, or as much of it as leaves a margin. Where only strips would be left beside it, in
    /// which nothing can be read, it is as wide as that.
    private func dialog(columns: Int, rows: Int) -> Rect {
        let columns = size.columns - columns < 16 ? size.columns : columns
        return Rect(size).inset(by: 1).centered(Size(columns: columns, rows: rows))
    }

    /// The inside of a dialog's border.
    static func content(of dialog: Rect) -> Rect { dialog.inset(columns: 2, rows: 1) }

    func models(count: Int) -> Rect { dialog(columns: 92, rows: max(10, count + 9)) }
    /// The rows of the list in it.
    func modelsList(count: Int) -> Rect {
        modelsParts(count: count)[1]
    }
    /// Its head, its list and what is said of the chosen row: on small screens the list goes before the rest.
    func modelsParts(count: Int) -> [Rect] {
        let content = Self.content(of: models(count: count))
        let isLow = content.size.rows < 12
        return content.split(rows: [.fixed(isLow ? 1 : 2), .share(), .fixed(isLow ? 2 : 5)])
    }

    var parameters: Rect { dialog(columns: 76, rows: Parameter.allCases.count + 5) }
    var parametersList: Rect { Self.content(of: parameters).split(bottom: 3).rest }

    /// - Parameter foot: rows below the lines.
    func fields(count: Int, foot: Int = 3) -> Rect { dialog(columns: 76, rows: count + foot + 2) }

    var systemPrompt: Rect { dialog(columns: 72, rows: max(10, size.rows / 2)) }
    var systemPromptText: Rect { Self.content(of: systemPrompt).split(bottom: 2).rest }

    /// - Parameter count: of all that is listed, whether it is found or not, so that searching doesn't move the dialog.
    func listFrame(count: Int) -> Rect { dialog(columns: 84, rows: min(24, max(10, count + 6))) }
    /// The rows of the list in it.
    func list(count: Int) -> Rect {
        Self.content(of: listFrame(count: count)).split(rows: [.fixed(2), .share(), .fixed(2)])[1]
    }

    /// - Parameter count: of the page's lines; nil for one that grows, which takes all the height there is.
    func pageFrame(count: Int?) -> Rect {
        dialog(columns: 110, rows: count.map { max(10, $0 + 3) } ?? size.rows)
    }
    /// The lines of the page in it.
    func page(count: Int?) -> Rect { Self.content(of: pageFrame(count: count)).split(bottom: 1).rest }

    /// What could end a command, above the prompt.
    func completion(count: Int) -> Rect {
        let rows = min(count, 8, max(0, promptFrame.minRow - 2))
        return Rect(
            column: 0, row: promptFrame.minRow - rows, columns: min(size.columns, 84), rows: rows)
    }
}
