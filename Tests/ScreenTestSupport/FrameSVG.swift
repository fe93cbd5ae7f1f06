import Screen

/// Draws a frame as a standalone SVG picture: the same frame and palette give the same bytes.
public struct FrameSVG {
    private static let cellWidth = 9
    private static let cellHeight = 19
    private static let fontSize = 15
    private static let baseline = 14
    private static let margin = 12
    private static let defaultForeground = "#d0d0d0"
    private static let defaultBackground = "#101010"

    private let frame: Frame
    private let palette: Palette
    private var lines: [String] = []

    private init(_ frame: Frame, _ palette: Palette) {
        self.frame = frame
        self.palette = palette
    }

    /// - Parameter title: what the picture shows, for those who can't see it.
    public static func svg(of frame: Frame, palette: Palette, title: String) -> String {
        var picture = FrameSVG(frame, palette)
        return picture.draw(title: title)
    }

    private mutating func draw(title: String) -> String {
        let width = frame.size.columns * Self.cellWidth + 2 * Self.margin
        let height = frame.size.rows * Self.cellHeight + 2 * Self.margin
        let background = palette[.text].background?.hex ?? Self.defaultBackground
        lines = [
            """
            <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" height="\(height)" \
            viewBox="0 0 \(width) \(height)" role="img" aria-label="\(escaped(title))">
            """,
            #"<title>\#(escaped(title))</title>"#,
            #"<rect width="\#(width)" height="\#(height)" rx="8" fill="\#(background)"/>"#,
            """
            <g font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" \
            font-size="\(Self.fontSize)" xml:space="preserve">
            """,
        ]
        for row in 0..<frame.size.rows { draw(row: row) }
        if let cursor = frame.cursor {
            let (x, y) = corner(cursor.column, cursor.row)
            let color = palette[.input].foreground?.hex ?? Self.defaultForeground
            lines.append(
                """
                <rect x="\(x)" y="\(y)" width="\(Self.cellWidth)" height="\(Self.cellHeight)" fill="\(color)" \
                fill-opacity="0.6"/>
                """)
        }
        return (lines + ["</g>", "</svg>", ""]).joined(separator: "\n")
    }

    /// Draws runs of cells with the same look.
    private mutating func draw(row: Int) {
        let cells = Array(frame.cells(row: row))
        var start = 0
        while start < cells.count {
            var end = start + 1
            while end < cells.count, cells[end].role == cells[start].role { end += 1 }
            draw(Array(cells[start..<end]), column: start, row: row)
            start = end
        }
    }

    private mutating func draw(_ cells: [Cell], column: Int, row: Int) {
        let style = palette[cells[0].role]
        var foreground = style.foreground?.hex ?? Self.defaultForeground
        var background = style.background?.hex ?? Self.defaultBackground
        let screen = palette[.text].background?.hex ?? Self.defaultBackground
        if style.isReverse { swap(&foreground, &background) }
        let (x, y) = corner(column, row)
        if background != screen {
            lines.append(
                """
                <rect x="\(x)" y="\(y)" width="\(cells.count * Self.cellWidth)" height="\(Self.cellHeight)" \
                fill="\(background)"/>
                """)
        }
        var strokes = ""
        var blocks = ""
        var text = ""
        var textColumn = 0
        for (offset, cell) in cells.enumerated() where cell.glyph != Cell.continuation {
            if let path = stroke(cell.glyph, column + offset, row) {
                strokes += path
            } else if let path = block(cell.glyph, column + offset, row) {
                blocks += path
            } else if cell.glyph != " " {
                // A blank after a word joins it with the next one; more of them, or another shape, end the text.
                let gap = offset - textColumn - TextWidth.columns(of: text)
                if !text.isEmpty, gap > 1 || offset > 0 && cells[offset - 1].glyph != " " && gap > 0 {
                    appendText(text, column + textColumn, row, foreground, style)
                    text = ""
                }
                if text.isEmpty { textColumn = offset } else { text += String(repeating: " ", count: gap) }
                text.append(cell.glyph)
            }
        }
        appendText(text, column + textColumn, row, foreground, style)
        if !strokes.isEmpty {
            let weight = style.isBold ? 2 : 1
            lines.append(#"<path d="\#(strokes)" stroke="\#(foreground)" stroke-width="\#(weight)" fill="none"/>"#)
        }
        if !blocks.isEmpty { lines.append(#"<path d="\#(blocks)" fill="\#(foreground)"/>"#) }
    }

    private mutating func appendText(_ text: String, _ column: Int, _ row: Int, _ color: String, _ style: Style) {
        guard !text.isEmpty else { return }
        let (x, y) = corner(column, row)
        let length = TextWidth.columns(of: text) * Self.cellWidth
        var attributes = #"x="\#(x)" y="\#(y + Self.baseline)" textLength="\#(length)" fill="\#(color)""#
        if style.isBold { attributes += #" font-weight="bold""# }
        if style.isDim { attributes += #" fill-opacity="0.6""# }
        if style.isUnderlined { attributes += #" text-decoration="underline""# }
        lines.append("<text \(attributes)>\(escaped(text))</text>")
    }

    private func corner(_ column: Int, _ row: Int) -> (x: Int, y: Int) {
        (Self.margin + column * Self.cellWidth, Self.margin + row * Self.cellHeight)
    }

    /// Lines of frames, so that they join whatever the font: which of the four arms from the cell's centre it has.
    private func stroke(_ glyph: Character, _ column: Int, _ row: Int) -> String? {
        let arms: (left: Bool, right: Bool, up: Bool, down: Bool)
        switch glyph {
        case "─": arms = (true, true, false, false)
        case "│": arms = (false, false, true, true)
        case "┌", "╭": arms = (false, true, false, true)
        case "┐", "╮": arms = (true, false, false, true)
        case "└", "╰": arms = (false, true, true, false)
        case "┘", "╯": arms = (true, false, true, false)
        case "├": arms = (false, true, true, true)
        case "┤": arms = (true, false, true, true)
        case "┬": arms = (true, true, false, true)
        case "┴": arms = (true, true, true, false)
        case "┼": arms = (true, true, true, true)
        default: return nil
        }
        let (x, y) = corner(column, row)
        let horizontal = "\(y + Self.cellHeight / 2).5"
        let vertical = "\(x + Self.cellWidth / 2).5"
        var path = ""
        if arms.left || arms.right {
            path += "M\(arms.left ? "\(x)" : vertical) \(horizontal)H\(arms.right ? "\(x + Self.cellWidth)" : vertical)"
        }
        if arms.up || arms.down {
            path += "M\(vertical) \(arms.up ? "\(y)" : horizontal)V\(arms.down ? "\(y + Self.cellHeight)" : horizontal)"
        }
        return path
    }

    /// Bars of charts, in eighths of a cell.
    private func block(_ glyph: Character, _ column: Int, _ row: Int) -> String? {
        guard let value = glyph.unicodeScalars.first?.value, (0x2581...0x258F).contains(value) else { return nil }
        let (x, y) = corner(column, row)
        if value <= 0x2588 {
            let height = Self.cellHeight * Int(value - 0x2580) / 8
            return "M\(x) \(y + Self.cellHeight)v-\(height)h\(Self.cellWidth)v\(height)z"
        }
        let width = max(1, Self.cellWidth * Int(0x2590 - value) / 8)
        return "M\(x) \(y)h\(width)v\(Self.cellHeight)h-\(width)z"
    }

    private func escaped(_ text: String) -> String {
        text.map { character in
            switch character {
            case "&": "&amp;"
            case "<": "&lt;"
            case ">": "&gt;"
            case "\"": "&quot;"
            default: String(character)
            }
        }.joined()
    }
}
