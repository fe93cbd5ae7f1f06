import ScreenTestSupport
import Testing

@testable import Screen

@Suite struct FrameDiffTests {
    private func frame(_ rows: [String], columns: Int = 8) -> Frame {
        var frame = Frame(size: Size(columns: columns, rows: rows.count))
        for (row, text) in rows.enumerated() { frame.write(text, at: Point(column: 0, row: row), role: .text) }
        return frame
    }

    @Test func onlyChangedCellsTravel() {
        let runs = FrameDiff.changes(from: frame(["abc", "def"]), to: frame(["aXc", "def"]))
        #expect(runs == [FrameDiff.Run(origin: Point(column: 1, row: 0), cells: [Cell("X")])])
        #expect(FrameDiff.changes(from: frame(["abc"]), to: frame(["abc"])).isEmpty)
    }

    @Test func everythingTravelsAtFirstAndAfterAResize() {
        let new = frame(["ab", "cd"])
        #expect(FrameDiff.changes(from: nil, to: new).map(\.cells.count) == [8, 8])
        #expect(FrameDiff.changes(from: frame(["ab"]), to: new).count == 2)
    }

    @Test func aChangedRoleIsAChange() {
        var new = frame(["日x"])
        new[column: 1, row: 0] = Cell(Cell.continuation, .error)
        let runs = FrameDiff.changes(from: frame(["日x"]), to: new)
        #expect(runs.map(\.origin.column) == [0])
        #expect(runs.map(\.cells.count) == [2])
    }

    @Test(arguments: 0..<100)
    func runsRebuildTheFrame(seed: UInt64) {
        var generator = Seeded(state: seed)
        func scribble() -> Frame {
            var frame = Frame(size: Size(columns: 12, rows: 3))
            for _ in 0..<12 {
                let text = ["a", "日", "bc", "👍🏽", "  "].randomElement(using: &generator) ?? ""
                let point = Point(
                    column: Int.random(in: 0..<12, using: &generator), row: Int.random(in: 0..<3, using: &generator))
                frame.write(text, at: point, role: Role.allCases.randomElement(using: &generator) ?? .text)
            }
            return frame
        }
        let old = scribble()
        let new = scribble()
        var rebuilt = old
        for run in FrameDiff.changes(from: old, to: new) {
            #expect(run.cells.first?.glyph != Cell.continuation)
            for (offset, cell) in run.cells.enumerated() {
                rebuilt[column: run.origin.column + offset, row: run.origin.row] = cell
            }
        }
        #expect(rebuilt == new)
    }
}
