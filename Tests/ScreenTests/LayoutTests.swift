import Testing

@testable import Screen

@Suite struct LayoutTests {
    @Test(arguments: [
        (10, [Layout.Length.fixed(3), .share()], [3, 7]),
        (10, [.share(), .share()], [5, 5]),
        (11, [.share(), .share()], [6, 5]),
        (10, [.share(1), .share(3)], [3, 7]),
        (4, [.fixed(3), .share(), .fixed(3)], [3, 0, 1]),
        (0, [.fixed(3), .share()], [0, 0]),
        (-5, [.fixed(3), .fixed(-2)], [0, 0]),
        (10, [.fixed(2), .fixed(2)], [2, 2]),
        (10, [], []),
    ])
    func lengthsAreDivided(total: Int, lengths: [Layout.Length], expected: [Int]) {
        #expect(Layout.divide(total, into: lengths) == expected)
    }

    @Test func partsLieBesideAndBelowEachOther() {
        let rect = Rect(column: 2, row: 1, columns: 10, rows: 6)
        #expect(
            rect.split(columns: [.share(), .fixed(1), .share()]) == [
                Rect(column: 2, row: 1, columns: 5, rows: 6), Rect(column: 7, row: 1, columns: 1, rows: 6),
                Rect(column: 8, row: 1, columns: 4, rows: 6),
            ])
        let (top, rest) = rect.split(top: 2)
        #expect(top == Rect(column: 2, row: 1, columns: 10, rows: 2))
        #expect(rest == Rect(column: 2, row: 3, columns: 10, rows: 4))
        let (above, bottom) = rect.split(bottom: 9)
        #expect(above.isEmpty)
        #expect(bottom == rect)
    }

    @Test func insetsNeverTurnInsideOut() {
        #expect(
            Rect(column: 0, row: 0, columns: 5, rows: 3).inset(by: 1) == Rect(column: 1, row: 1, columns: 3, rows: 1))
        let tiny = Rect(column: 4, row: 4, columns: 3, rows: 1).inset(by: 2)
        #expect(tiny.isEmpty)
        #expect(tiny.minColumn == 5)
    }

    @Test func dialogsStandInTheMiddle() {
        let screen = Rect(Size(columns: 80, rows: 24))
        #expect(screen.centered(Size(columns: 40, rows: 10)) == Rect(column: 20, row: 7, columns: 40, rows: 10))
        #expect(screen.centered(Size(columns: 100, rows: 10)).size == Size(columns: 80, rows: 10))
    }
}
