import Foundation
import Reports
import Screen
import ScreenTestSupport
import Testing

@testable import Typesetting

@Suite struct ReportTextTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")

    @Test(arguments: [40, 80, 120]) func looksAsRecorded(_ columns: Int) throws {
        let text = ReportText(SampleReport.whole, columns: columns).text()
        try expectText(text, matchesFileAt: Self.folder.appending(path: "report-\(columns).txt"))
    }

    @Test func looksAsRecordedInASCII() throws {
        let text = ReportText(SampleReport.whole, columns: 80).text(isASCII: true)
        #expect(text.allSatisfy { $0.isASCII })
        #expect(!text.dropFirst(40).contains("?"))
        try expectText(text, matchesFileAt: Self.folder.appending(path: "report-ascii.txt"))
    }

    @Test(arguments: 24...130) func noLineIsTooLong(_ columns: Int) {
        for report in [SampleReport.whole, SampleReport.hostile] {
            for line in ReportText(report, columns: columns).lines {
                #expect(TextWidth.columns(of: line.text) <= columns, "\(line.text)")
            }
        }
    }

    @Test(arguments: [24, 60, 100]) func nothingSteersATerminal(_ columns: Int) {
        let text = ReportText(SampleReport.hostile, columns: columns).text()
        #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || VisibleText.of(String($0)) == String($0) })
        #expect(text.contains("␛[31mred␇"))
    }

    /// Models of one family differ in the ends of their names.
    @Test func namesThatWouldLookAlikeLoseTheirBeginning() {
        var table = ReportTable(columns: [.init("", holdsFigures: false), .init("accuracy")])
        table.add(["qwen2.5-coder-0.5b-instruct", "56.9 %"])
        table.add(["qwen2.5-coder-1.5b-instruct", "83.4 %"])
        var report = TaskReport(title: "t")
        report.blocks = [.table(table)]
        let narrow = ReportText(report, columns: 24).text()
        #expect(narrow.contains("…0.5b-instruct") && narrow.contains("…1.5b-instruct"))
        #expect(ReportText(report, columns: 60).text().contains("qwen2.5-coder-0.5b-instruct"))
    }

    @Test func figuresAreNeverCut() {
        for columns in 24...130 {
            let text = ReportText(SampleReport.whole, columns: columns).text()
            for figure in SampleReport.table.rows.flatMap({ $0[1...4] }) {
                #expect(text.contains(figure), "\(figure) in \(columns) columns")
            }
        }
    }

    @Test func wordsAreShortenedBeforeTheTableFallsApart() {
        let wide = ReportText(SampleReport.whole, columns: 90).text()
        #expect(wide.contains("▸ student of") && wide.contains("…"))
        let narrow = ReportText(TaskReport(title: "", blocks: [.table(SampleReport.table)]), columns: 30).text()
        #expect(!narrow.contains("…") && narrow.contains("▸ candidate"))
    }

    @Test func anEmptyReportIsItsTitle() {
        #expect(ReportText(TaskReport(title: "Nothing"), columns: 80).text() == "Nothing\n═══════\n")
        let bare = TaskReport(title: "", blocks: [.table(ReportTable(columns: [])), .text("")])
        #expect(ReportText(bare, columns: 80).text().allSatisfy { $0.isWhitespace })
    }
}
