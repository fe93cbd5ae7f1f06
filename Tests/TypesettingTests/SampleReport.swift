import Reports

/// Reports as tasks make them, and as no task should.
enum SampleReport {
    static let pareto = ReportPlot(
        caption: "Accuracy against latency, with 95 % intervals.",
        horizontal: .init("p95 latency", scale: .logarithmic, unit: .milliseconds),
        vertical: .init("accuracy", unit: .percent),
        series: [
            .init(
                "on the front", style: .points,
                points: [
                    .init(x: 3.1, y: 0.781, interval: 0.752...0.808, label: "student"),
                    .init(x: 41.2, y: 0.814, interval: 0.79...0.836, label: "smollm2-135m"),
                    .init(x: 388, y: 0.893, interval: 0.872...0.911, label: "qwen2.5-1.5b"),
                ]),
            .init(
                "beaten", style: .points,
                points: [
                    .init(x: 402, y: 0.88, interval: 0.858...0.899, label: "cascade at 0.9"),
                    .init(x: 395, y: 0.871, interval: 0.849...0.891, label: "gemma3-1b"),
                ]),
        ])

    static let curve = ReportPlot(
        caption: "What the threshold buys.",
        horizontal: .init("share that went to the large model", unit: .percent),
        vertical: .init("accuracy", unit: .percent),
        series: [
            .init(
                "cascade", style: .line,
                points: (0...20).map { step in
                    let share = Double(step) / 20
                    return .init(x: share, y: 0.78 + 0.12 * share * (2 - share))
                }),
            .init("chosen", style: .points, points: [.init(x: 0.35, y: 0.849, label: "0.82")]),
        ])

    static let table: ReportTable = {
        var table = ReportTable(
            caption: "On 1,204 held-out sentences.",
            columns: [
                .init("candidate", holdsFigures: false), .init("accuracy"), .init("items/h"), .init("p95"),
                .init("memory"), .init("why not", holdsFigures: false),
            ])
        table.add(["student of qwen2.5-1.5b", "78.1 %", "1 161 000", "3.10 ms", "98.4 MB", ""], isMarked: true)
        table.add([
            "smollm2-135m-instruct Q4_1", "81.4 %", "87 400", "41.2 ms", "202 MB", "larger, and nothing needs it",
        ])
        table.add([
            "qwen2.5-1.5b-instruct Q4_K_M", "89.3 %", "9 280", "388 ms", "1.26 GB",
            "its p95 of 388 ms is above the 50 ms that are asked for",
        ])
        return table
    }()

    static let whole = TaskReport(
        title: "Which model for reviews.yaml?",
        blocks: [
            .verdict("The student of qwen2.5-1.5b is the smallest that satisfies all requirements."),
            .text("It was chosen on 1,203 sentences and judged on 1,204 others, which it hadn't seen."),
            .heading("Candidates"), .table(table), .heading("Accuracy and latency"), .plot(pareto), .plot(curve),
        ])

    static let hostile = TaskReport(
        title: "A \u{1B}[31mred\u{7} <title> | & \"quotes\"",
        blocks: [
            .text("Line one\nline two with <script>alert(1)</script> and `code` *stars*\u{202E}"),
            .verdict("</p><b>none"),
            .table(
                {
                    var table = ReportTable(columns: [.init("a|b", holdsFigures: false), .init("\u{1B}]0;x\u{7}")])
                    table.add(["one\ntwo\tthree 日本語 and a cell that is far longer than it should be", "<i>1</i>"])
                    return table
                }()),
            .plot(
                ReportPlot(
                    caption: "<svg onload=x>", horizontal: .init("a & b"), vertical: .init("日本"),
                    series: [.init("\u{1B}c", style: .points, points: [.init(x: 1, y: 1, label: "\u{1B}[2J日本")])])),
        ])
}
