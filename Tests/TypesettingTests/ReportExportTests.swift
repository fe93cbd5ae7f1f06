import Foundation
import Reports
import ScreenTestSupport
import Testing

@testable import Typesetting

@Suite struct ReportExportTests {
    @Test func theImageLooksAsRecorded() throws {
        try expectText(
            PlotSVG(SampleReport.pareto).document,
            matchesFileAt: ReportTextTests.folder.appending(path: "pareto.svg"))
    }

    @Test(arguments: [SampleReport.whole, SampleReport.hostile]) func imagesAndPagesAreWellFormed(
        _ report: TaskReport
    ) throws {
        for plot in report.plots {
            let svg = PlotSVG(plot).document
            #expect(XMLWellFormedness.fault(in: svg) == nil)
            #expect(svg.contains("role=\"img\"") && svg.contains("aria-label=") && svg.contains("<title>"))
        }
        let body = ReportHTML(report).text
        let start = try #require(body.range(of: "<body>")).lowerBound
        let end = try #require(body.range(of: "</body>")).upperBound
        #expect(XMLWellFormedness.fault(in: String(body[start..<end])) == nil)
    }

    @Test func theImageHasNoScriptsAndNoAddresses() {
        for text in [PlotSVG(SampleReport.pareto).document, ReportHTML(SampleReport.whole).text] {
            #expect(!text.contains("<script") && !text.contains("href") && !text.contains("url("))
            #expect(text.contains("prefers-color-scheme: dark"))
        }
    }

    @Test func hostileTextsStayTexts() {
        let page = ReportHTML(SampleReport.hostile).text
        for markup in ["<script", "<b>", "<i>", "<svg onload", "\u{1B}", "\u{202E}"] {
            #expect(!page.contains(markup), "\(markup)")
        }
        #expect(page.contains("&lt;script&gt;"))
        let markdown = ReportMarkdown(SampleReport.hostile).text
        #expect(markdown.contains("\\<script>alert(1)\\</script>") && markdown.contains("a\\|b"))
        #expect(!markdown.contains("\u{1B}"))
    }

    @Test func theDocumentLooksAsRecorded() throws {
        try expectText(
            ReportMarkdown(SampleReport.whole).text,
            matchesFileAt: ReportTextTests.folder.appending(path: "report.md"))
    }

    @Test func jsonReadsBack() throws {
        struct Document: Decodable {
            var schema: Int
            var report: TaskReport
        }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        for report in [SampleReport.whole, SampleReport.hostile] {
            let text = try #require(ReportFormat.json.files(report, path: "a.json").first?.text)
            let document = try decoder.decode(Document.self, from: Data(text.utf8))
            #expect(document.schema == 1 && document.report == report)
            #expect(text.contains("\"kind\" : \"verdict\""))
        }
        let odd = TaskReport(title: "odd", blocks: [.plot(PlotTests.plot([.init(x: .nan, y: -.infinity)]))])
        #expect(ReportFormat.json.files(odd, path: "a.json")[0].text.contains("\"nan\""))
    }

    @Test func theEndingSaysWhatIsWritten() {
        #expect(ReportFormat(path: "a.b/report.HTML") == .html)
        #expect(ReportFormat(path: "report.pdf") == nil && ReportFormat(path: "html") == nil)
        #expect(ReportFormat.endings == ".html, .md, .json, .svg or .txt")
        let images = ReportFormat.svg.files(SampleReport.whole, path: "out/r.svg").map(\.path)
        #expect(images == ["out/r.svg", "out/r-2.svg"])
        #expect(ReportFormat.svg.files(TaskReport(title: "t"), path: "r.svg").isEmpty)
    }
}

/// Whether every element is closed where it should be, and no sign that is markup stands bare.
enum XMLWellFormedness {
    /// Nil where all is well.
    static func fault(in text: String) -> String? {
        var open: [Substring] = []
        let style = text.replacing(/<style>[^<]*<\/style>/, with: "")
        var rest = style[...]
        while let start = rest.firstIndex(of: "<") {
            if rest[..<start].contains(">") { return "a bare > before \(rest[start...].prefix(30))" }
            guard let end = rest[start...].firstIndex(of: ">") else { return "an element that doesn't end" }
            let tag = rest[rest.index(after: start)..<end]
            if tag.hasPrefix("/") {
                guard open.popLast() == tag.dropFirst() else { return "</\(tag.dropFirst())> closes nothing" }
            } else if !tag.hasSuffix("/") {
                open.append(tag.prefix { $0 != " " && $0 != "\n" })
            }
            if tag.count(where: { $0 == "\"" }) % 2 != 0 { return "quotes in <\(tag)>" }
            rest = rest[rest.index(after: end)...]
        }
        return open.isEmpty ? nil : "\(open) aren't closed"
    }
}
