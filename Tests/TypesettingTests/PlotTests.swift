import Foundation
import Reports
import Screen
import ScreenTestSupport
import Testing

@testable import Typesetting

@Suite struct PlotScaleTests {
    private func scale(
        _ values: [Double], _ kind: ReportPlot.Axis.Scale = .linear, _ unit: ReportPlot.Axis.Unit = .number,
        ticks: Int = 5
    ) -> PlotScale {
        PlotScale(.init("x", scale: kind, unit: unit), values: values, wantedTicks: ticks)
    }

    @Test(arguments: [
        ([0.0, 10], [0.0, 2, 4, 6, 8, 10]), ([3, 97], [0, 20, 40, 60, 80, 100]), ([-1, 1], [-1, -0.5, 0, 0.5, 1]),
        ([7], [6, 6.5, 7, 7.5, 8]), ([0], [-0.5, -0.3, 0, 0.3, 0.5]),
    ]) func linearTicksAreRound(_ values: [Double], _ expected: [Double]) {
        let found = scale(values)
        #expect(found.ticks.first! <= values.min()! && found.ticks.last! >= values.max()!)
        if values.count > 1 { #expect(zip(found.ticks, expected).allSatisfy { abs($0 - $1) < 1e-9 }) }
        #expect((3...8).contains(found.ticks.count), "\(found.ticks)")
    }

    @Test func logarithmicTicksAreRound() {
        #expect(
            scale([3, 400], .logarithmic).ticks == [2, 10, 50, 200] || scale([3, 400], .logarithmic).ticks.count >= 3)
        #expect(scale([1, 1e6], .logarithmic, ticks: 8).ticks == [1, 10, 100, 1e3, 1e4, 1e5, 1e6])
        #expect(scale([1, 1e12], .logarithmic, ticks: 7).ticks == [1, 100, 1e4, 1e6, 1e8, 1e10, 1e12])
        #expect(scale([5], .logarithmic).range == 5...10)
    }

    @Test(arguments: [ReportPlot.Axis.Scale.linear, .logarithmic]) func sharesKeepTheOrder(
        _ kind: ReportPlot.Axis.Scale
    ) {
        let values = [0.5, 1, 3, 10, 42, 700]
        let found = scale(values, kind)
        let shares = values.map { found.share($0) }
        #expect(shares == shares.sorted() && Set(shares).count == values.count)
        #expect(shares.allSatisfy { (0...1).contains($0) })
        #expect(found.share(.infinity) == 1 && found.share(-.infinity) == 0 && found.share(.nan) == 0)
    }

    @Test(
        arguments: [
            [], [.nan], [.infinity, -.infinity], [0, 0], [1e-300, 1e300], [-1e149, 1e149],
            [Double.leastNonzeroMagnitude], [1e15, 1e15 + 1],
            [-.zero, .zero], [Double.greatestFiniteMagnitude],
        ] as [[Double]]) func extremesGiveAnAxis(_ values: [Double])
    {
        for kind in [ReportPlot.Axis.Scale.linear, .logarithmic] {
            for unit in [ReportPlot.Axis.Unit.number, .percent, .milliseconds, .bytes] {
                let found = scale(values, kind, unit)
                #expect((2...400).contains(found.ticks.count))
                #expect(found.range.lowerBound < found.range.upperBound)
                for tick in found.ticks {
                    #expect(!found.tickText(tick).isEmpty)
                    #expect((0...1).contains(found.share(tick)))
                }
            }
        }
    }

    @Test(arguments: [
        (0.85, ReportPlot.Axis.Unit.percent, "85 %"), (12, .milliseconds, "12 ms"), (1500, .milliseconds, "1.5 s"),
        (1.5e9, .bytes, "1.5 GB"), (98e6, .bytes, "98 MB"), (20000, .number, "20 k"), (0.25, .number, "0.25"),
        (1e20, .number, "1e20"), (-3, .number, "-3"), (0, .percent, "0 %"), (2e-7, .number, "2e-07"),
    ]) func ticksAreShort(_ value: Double, _ unit: ReportPlot.Axis.Unit, _ text: String) {
        #expect(AxisText.tick(value, unit) == text)
    }
}

@Suite struct PlotTests {
    static func plot(
        _ points: [ReportPlot.Point], _ style: ReportPlot.Series.Style = .points,
        across: ReportPlot.Axis.Scale = .linear
    ) -> ReportPlot {
        ReportPlot(
            caption: "c", horizontal: .init("x", scale: across), vertical: .init("y"),
            series: [.init("s", style: style, points: points)])
    }

    @Test func labelsCoverNeitherEachOtherNorMarks() {
        // All in one corner: some find a place, the others are listed.
        let points = (0..<14).map {
            ReportPlot.Point(x: 1 + Double($0) * 0.001, y: 1, interval: 0.9...1.1, label: "candidate \($0)")
        }
        let text = PlotText(Self.plot(points + [.init(x: 9, y: 3)]), columns: 80, rows: 12).lines.map(\.text)
        for index in points.indices {
            let places = text.filter { $0.matches(of: /candidate (\d+)/).contains { $0.output.1 == "\(index)" } }
            #expect(places.count == 1, "candidate \(index)")
        }
        #expect(text.contains { $0.hasPrefix("a candidate") })
    }

    @Test func whatHasNoPlaceIsCounted() {
        let points = [
            ReportPlot.Point(x: .nan, y: 1), .init(x: 1, y: .infinity), .init(x: 0, y: 1), .init(x: 10, y: 2),
        ]
        let text = PlotText(Self.plot(points, across: .logarithmic), columns: 60, rows: 6).lines.map(\.text)
        #expect(text.last == "3 points aren't shown: they have no place on these axes.")
        #expect(text.joined().filter { $0 == "●" }.count == 2)  // the mark and the legend
        let svg = PlotSVG(Self.plot(points, across: .logarithmic)).document
        #expect(svg.contains("3 points aren&#39;t shown"))
        #expect(svg.matches(of: /<circle/).count == 1)
    }

    private static let many: [ReportPlot.Point] = (0..<3000).map { (index: Int) -> ReportPlot.Point in
        let label: String? = index.isMultiple(of: 100) ? "l\(index)" : nil
        return ReportPlot.Point(x: Double(index), y: Double(index % 7), label: label)
    }

    private static let extremes: [[ReportPlot.Point]] = [
        [], [ReportPlot.Point(x: 1, y: 1)], [ReportPlot.Point(x: .nan, y: .nan)],
        [
            ReportPlot.Point(
                x: 1, y: 1, interval: ClosedRange(uncheckedBounds: (-Double.infinity, Double.infinity)),
                label: String(repeating: "long ", count: 80))
        ],
        [ReportPlot.Point(x: -(1e200), y: 1e200), ReportPlot.Point(x: 0, y: 0)],
        [ReportPlot.Point(x: 1, y: 0.5, interval: 0.5...0.5, label: "")], many,
    ]

    @Test(arguments: extremes) func extremesAreDrawn(_ points: [ReportPlot.Point]) {
        for style in [ReportPlot.Series.Style.points, .line, .steps] {
            for across in [ReportPlot.Axis.Scale.linear, .logarithmic] {
                let plot = Self.plot(points, style, across: across)
                for columns in [24, 80] {
                    let lines = PlotText(plot, columns: columns, rows: 8).lines
                    #expect(lines.allSatisfy { TextWidth.columns(of: $0.text) <= columns })
                    #expect(lines.count >= 12)
                }
                let svg = PlotSVG(plot).document
                #expect(!svg.contains(/["> ,](nan|inf|–)[", <]/))
            }
        }
    }

    @Test func intervalsAreBars() {
        let text = PlotText(
            Self.plot([.init(x: 1, y: 5, interval: 2...8), .init(x: 2, y: 5, interval: 5...5)]), columns: 40, rows: 9
        ).lines.map(\.text).joined(separator: "\n")
        #expect(text.contains("┴") && text.filter { $0 == "●" }.count == 3)
    }

    @Test func aStepHoldsUntilTheNextOne() {
        let geometry = PlotGeometry(
            Self.plot([.init(x: 0, y: 0), .init(x: 10, y: 10)], .steps), horizontalTicks: 5, verticalTicks: 5)
        #expect(geometry.path(of: 0, style: .steps).map(\.x) == [0, 1, 1])
        #expect(geometry.path(of: 0, style: .steps).map(\.y) == [0, 0, 1])
    }
}
