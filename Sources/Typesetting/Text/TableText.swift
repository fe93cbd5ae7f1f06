import Foundation
import Reports
import Screen

/// A table as lines of text: figures are never cut, words are shortened with "…", and where even that isn't enough, each row
/// becomes a block of lines.
struct TableText {
    private let columns: [ReportTable.Column]
    /// Titles, then rows; safe to show, each on one line.
    private let cells: [[String]]
    private let marked: Set<Int>
    private let room: Int

    private static let gap = 2
    /// Words that are shortened keep this many columns.
    private static let narrowest = 8

    init(_ table: ReportTable, columns room: Int) {
        columns = table.columns
        cells = ([table.columns.map(\.title)] + table.rows).map { $0.map(\.visibleOnOneLine) }
        marked = table.marked
        self.room = max(16, room)
    }

    var lines: [TypesetLine] {
        guard !columns.isEmpty else { return [] }
        return widths.map { aligned($0) } ?? blocks
    }

    /// Marked rows have a sign in front, since not every terminal has colours.
    private var margin: Int { marked.isEmpty ? 0 : 2 }

    /// Nil where the table can't be made narrow enough.
    private var widths: [Int]? {
        var widths = columns.indices.map { column in cells.map { TextWidth.columns(of: $0[column]) }.max() ?? 0 }
        var excess = widths.reduce(0, +) + Self.gap * (columns.count - 1) + margin - room
        while excess > 0 {
            let wide = columns.indices.filter { !columns[$0].holdsFigures && widths[$0] > Self.narrowest }
            guard let widest = wide.max(by: { widths[$0] < widths[$1] }) else { return nil }
            widths[widest] -= 1
            excess -= 1
        }
        return widths
    }

    /// A column's cells, each within a width. Where cells would look the same without their ends, their common beginning is
    /// left out instead.
    private func shortened(_ column: Int, to width: Int) -> [String] {
        let texts = cells.map { $0[column] }
        let cut = texts.map { TextWidth.truncate($0, to: width) }
        guard Set(cut).count < Set(texts).count else { return cut }
        let long = texts.filter { TextWidth.columns(of: $0) > width }
        let common = long.dropFirst().reduce(long.first ?? "") { $0.commonPrefix(with: $1) }
        return texts.map { text in
            long.contains(text) ? TextWidth.truncate("…" + text.dropFirst(common.count), to: width) : text
        }
    }

    private func aligned(_ widths: [Int]) -> [TypesetLine] {
        var lines: [TypesetLine] = []
        let shown = columns.indices.map { shortened($0, to: widths[$0]) }
        for index in cells.indices {
            let isMarked = marked.contains(index - 1)
            let texts = columns.indices.map { column in
                let text = shown[column][index]
                return columns[column].holdsFigures
                    ? text.paddedLeft(to: widths[column]) : text.padded(to: widths[column])
            }
            let sign = marked.isEmpty ? "" : isMarked ? "▸ " : "  "
            let role: Role = index == 0 ? .title : isMarked ? .strong : .text
            lines.append(
                TypesetLine(sign + texts.joined(separator: String(repeating: " ", count: Self.gap)), role))
            if index == 0 {
                let rule = margin + widths.reduce(0, +) + Self.gap * (columns.count - 1)
                lines.append(TypesetLine(String(repeating: "─", count: min(room, rule)), .muted))
            }
        }
        return lines
    }

    /// A line for each cell, behind its column's title.
    private var blocks: [TypesetLine] {
        let names = min(room / 2, cells[0].map { TextWidth.columns(of: $0) }.max() ?? 0)
        var lines: [TypesetLine] = []
        for (index, row) in cells.dropFirst().enumerated() {
            if index > 0 { lines.append(TypesetLine()) }
            let sign = marked.isEmpty ? "" : marked.contains(index) ? "▸ " : "  "
            for (column, cell) in row.enumerated() {
                let name = TextWidth.truncate(cells[0][column], to: names).padded(to: names)
                let texts = Wrap.lines(of: cell, columns: room - names - Self.gap - margin)
                for (part, text) in texts.enumerated() {
                    let head = part == 0 ? (column == 0 ? sign : sign.isEmpty ? "" : "  ") + name : ""
                    lines.append(
                        TypesetLine([
                            .init(head.padded(to: names + Self.gap + margin), .title),
                            .init(text, marked.contains(index) ? .strong : .text),
                        ]))
                }
            }
        }
        return lines
    }
}
