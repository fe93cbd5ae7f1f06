import Chat
import Testing

@testable import Playground

@Suite struct FiguresTests {
    @Test(arguments: [
        (Duration.microseconds(9410), "9.41 ms"), (.microseconds(24_149), "24.1 ms"), (.milliseconds(182), "182 ms"),
        (.microseconds(999_400), "999 ms"), (.microseconds(999_600), "1.00 s"), (.milliseconds(1240), "1.24 s"),
        (.seconds(59), "59.0 s"), (.seconds(720), "12.0 min"), (.zero, "0.00 ms"),
    ])
    func durations(_ duration: Duration, _ text: String) {
        #expect(Figures.duration(duration).text == text)
    }

    @Test(arguments: [
        (0, "0 B"), (999, "999 B"), (1000, "1.00 kB"), (98_362_432, "98.4 MB"), (253_113_024, "253 MB"),
        (999_600_000, "1.00 GB"), (1_117_320_768, "1.12 GB"), (42_520_000_000, "42.5 GB"), (Int.max, "9223372 TB"),
    ])
    func bytes(_ bytes: Int, _ text: String) {
        #expect(Figures.bytes(bytes).text == text)
    }

    @Test func partsAreInTheUnitOfTheWhole() {
        #expect(Figures.bytes(512_000_000, of: 1_117_320_768).text == "0.51/1.12 GB")
        #expect(Figures.bytes(0, of: 0).text == "0.00/0.00 B")
        #expect(Figures.bytes(nil, of: 1) == .missing)
    }

    @Test(arguments: [
        (0.004, 2, "0.00"), (-0.004, 2, "0.00"), (-1.25, 1, "-1.3"), (9.996, 2, "10.00"), (1.05, 2, "1.05"),
        (41.2, 0, "41"),
    ])
    func fixed(_ value: Double, _ places: Int, _ text: String) {
        #expect(Figures.fixed(value, places: places) == text)
    }

    @Test func otherFigures() {
        #expect(Figures.rate(41.23).text == "41.2 tok/s")
        #expect(Figures.rate(nil) == .missing)
        #expect(Figures.rate(.infinity) == .missing)
        #expect(Figures.number(.nan) == "–")
        #expect(Figures.percent(0.999) == "99 %")
        #expect(Figures.percent(7) == "100 %")
        #expect(Figures.parameters(134_515_008) == "135 M")
        #expect(Figures.parameters(1_543_714_304) == "1.54 B")
        #expect(Figures.parameters(1000) == "1000")
    }
}

@Suite struct SparklineTests {
    @Test func aBarAGapWhereTheyFit() {
        // The scale ends at four medians of 10 ms: 10 is 2 eighths, 20 is 4, 80 fills it and is a stall.
        let line = Sparkline([10, 10, 20, 10, 80].map { .milliseconds($0) }, columns: 10, rows: 1)
        #expect(line.bars.map(\.eighths) == [2, 2, 4, 2, 8])
        #expect(line.bars.map(\.isStall) == [false, false, false, false, true])
    }

    @Test func evenGapsAreHalfAsTallAsTheChart() {
        let line = Sparkline([10, 10, 10].map { .milliseconds($0) }, columns: 10, rows: 2)
        #expect(line.bars.map(\.eighths) == [8, 8, 8])
    }

    @Test func noStallIsLostWhereBarsAreShared() {
        var gaps = Array(repeating: Duration.milliseconds(10), count: 997)
        gaps[500] = .milliseconds(100)
        let line = Sparkline(gaps, columns: 20, rows: 1)
        #expect(line.bars.count == 20)
        #expect(line.bars.filter(\.isStall).count == 1)
    }

    @Test func nothingIsDrawnWithoutGapsOrRoom() {
        #expect(Sparkline([], columns: 9, rows: 1).bars.isEmpty)
        #expect(Sparkline([.zero], columns: 0, rows: 1).bars.isEmpty)
        #expect(Sparkline([.zero, .zero], columns: 9, rows: 1).bars.count == 2)
    }

    @Test func listsKeepTheChosenRowInSight() {
        for count in 0...20 {
            for visible in 1...8 {
                for selected in 0..<max(1, count) {
                    let rows = ListWindow(selected: selected, count: count, visible: visible).rows
                    #expect(rows.count == min(count, visible))
                    if count > 0 { #expect(rows.contains(selected)) }
                }
            }
        }
    }
}
