import Foundation
import Reports

/// What a report can be written as. The name's ending says which.
public enum ReportFormat: String, Sendable, CaseIterable {
    case html
    case markdown = "md"
    case json
    /// The report's plots, an image each.
    case svg
    case text = "txt"

    /// Nil for an ending that none of them has.
    public init?(path: String) {
        guard let dot = path.lastIndex(of: ".") else { return nil }
        self.init(rawValue: path[path.index(after: dot)...].lowercased())
    }

    /// ".html, .md, .json, .svg or .txt".
    public static var endings: String {
        let all = allCases.map { "." + $0.rawValue }
        return all.dropLast().joined(separator: ", ") + " or " + (all.last ?? "")
    }

    /// The files that a report becomes: one, but for images, of which there may be none or several. Further ones have
    /// their number in front of the ending.
    public func files(_ report: TaskReport, path: String) -> [(path: String, text: String)] {
        switch self {
        case .html: [(path, ReportHTML(report).text)]
        case .markdown: [(path, ReportMarkdown(report).text)]
        case .json: [(path, Self.json(report))]
        case .text: [(path, ReportText(report, columns: 100).text())]
        case .svg:
            report.plots.enumerated().map { index, plot in
                let stem = path.dropLast(rawValue.count + 1)
                return (index == 0 ? path : "\(stem)-\(index + 1).\(rawValue)", PlotSVG(plot).document)
            }
        }
    }

    /// `{"schema": 1, "report": {…}}`. Figures that are no numbers are the texts "nan", "inf" and "-inf".
    private static func json(_ report: TaskReport) -> String {
        struct Document: Encodable {
            let schema = 1
            let report: TaskReport
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        // A report is made of texts and numbers: nothing in it can't be encoded.
        guard let data = try? encoder.encode(Document(report: report)) else { return "{}\n" }
        return String(decoding: data, as: UTF8.self) + "\n"
    }
}

extension TaskReport {
    var plots: [ReportPlot] {
        blocks.compactMap { if case .plot(let plot) = $0 { plot } else { nil } }
    }
}
