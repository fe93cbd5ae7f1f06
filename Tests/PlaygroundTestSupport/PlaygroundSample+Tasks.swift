import Chat
import Playground
import Reports
import Screen

extension PlaygroundSample {
    static let tasks: [(name: String, state: @Sendable (Size) -> State)] = [
        ("tasks", { pressing($0, .function(11)).state }),
        ("task-form", { entering($0, "/extract invoices limit=200").state }),
        ("task-starting", { started($0).state }),
        ("task-running", { classifying($0).state }),
        ("task-mistakes", { classifying($0, .character("m")).state }),
        ("task-example", { classifying($0, .character("g"), .down, .enter).state }),
        ("task-behind", { classifying($0, .escape).state }),
        ("task-stopped", { classifying($0, .character("x"), .tab).state }),
        ("task-report", { classified($0).state }),
        ("task-export", { classified($0, .character("e")).state }),
        ("task-failed", { failedTask($0).state }),
        ("task-four", { fourSides($0).state }),
        ("constrained", { entering($0, "/constrain choices positive,negative,neither of both").state }),
    ]

    /// A task that was asked for, and hasn't reported anything.
    public static func started(_ size: Size = Size(columns: 80, rows: 24)) -> PlaygroundDriver {
        entering(size, "/classify reviews.csv positive,negative")
    }

    /// Both sides are at work, one of them with what it did earlier.
    public static func classifying(
        _ size: Size = Size(columns: 80, rows: 24), _ keys: Key...
    ) -> PlaygroundDriver {
        var driver = started(size)
        var board = TaskBoard(
            task: "classify", title: "reviews.csv",
            sides: [
                .init(name: "smollm2-135m-instruct", role: "small", total: 40),
                .init(name: "qwen2.5-coder-1.5b-instruct", role: "large", total: 40),
            ])
        board.recordPath = "/home/me/.local/state/diptych/tasks/classify-5f3a.jsonl"
        driver.report(.began(board), .phase(.running, side: 0), .phase(.warmingUp, side: 1))
        for index in 0..<24 {
            let (text, expected) = reviews[index % reviews.count]
            let other = expected == "positive" ? "negative" : "positive"
            let isHard = index % 5 == 3
            driver.outcome(
                index, text, expected: expected, side: 0, isHard ? other : expected,
                confidence: isHard ? 0.53 : 0.91, wasDoneBefore: index < 8)
            guard index < 21 else { continue }
            if index == 7 {
                driver.outcome(index, text, expected: expected, side: 1, "", failure: "429 Too Many Requests")
            } else {
                driver.outcome(
                    index, text, expected: expected, side: 1, index == 13 ? other : expected, confidence: 0.97)
            }
        }
        driver.report(
            .phase(.running, side: 1),
            .figures([.init("items/h", "87 400"), .init("p95", "41.2 ms"), .init("memory", "202 MB")], side: 0),
            .figures(
                [
                    .init("items/h", "9 280"), .init("p95", "388 ms"), .init("memory", "1.26 GB"),
                    .init("a thousand cost", "~$0.04"),
                ], side: 1),
            .timeLeft(seconds: 192), .note("1 answer was asked for again."))
        for key in keys { driver.press(key) }
        return driver
    }

    /// The task is done; its report is shown.
    public static func classified(
        _ size: Size = Size(columns: 80, rows: 24), _ keys: Key...
    ) -> PlaygroundDriver {
        var driver = classifying(size)
        driver.report(.phase(.done, side: 0), .phase(.done, side: 1), .finished(report))
        for key in keys { driver.press(key) }
        return driver
    }

    private static func failedTask(_ size: Size) -> PlaygroundDriver {
        var driver = started(size)
        guard let id = driver.tasks.last?.id else { return driver }
        driver.send(
            .task(
                id,
                .failed(
                    "reviews.csv, line 7: expected 2 fields, found 3; put fields that hold separators in quotes")))
        driver.press(.tab)
        return driver
    }

    /// Candidates of a verdict, one of which can't be opened.
    private static func fourSides(_ size: Size) -> PlaygroundDriver {
        var driver = furnished(size)
        driver.enter("/advise docs/reviews.yaml")
        let names = ["student.json", "smollm2-135m-instruct", "cascade of small and large", "qwen2.5-coder-1.5b"]
        driver.report(
            .began(TaskBoard(task: "advise", title: "reviews.yaml", sides: names.map { .init(name: $0, total: 200) })),
            .phase(.done, side: 0), .phase(.running, side: 1), .phase(.loading, side: 2),
            .phase(.failed("qwen2.5-coder-1.5b is not on disk; pull it with 'diptych models pull'"), side: 3))
        for index in 0..<6 {
            let (text, expected) = reviews[index % reviews.count]
            driver.outcome(index, text, expected: expected, side: 0, expected, confidence: 0.88)
            if index < 4 { driver.outcome(index, text, expected: expected, side: 1, "negative", confidence: 0.61) }
        }
        return driver
    }

    private static let reviews = [
        ("A warm, funny and quite beautiful film.", "positive"),
        ("It drags on for two hours without a single idea.", "negative"),
        ("The battery lasts for days; I couldn't ask for more.", "positive"),
        ("Not as bad as they say, but bad.", "negative"),
        ("I laughed, I cried, I went to see it again.", "positive"),
    ]

    private static var report: TaskReport {
        var table = ReportTable(
            columns: [
                .init("side", holdsFigures: false), .init("accuracy"), .init("95 %"), .init("items/h"), .init("p95"),
            ])
        table.add(["small smollm2-135m-instruct", "80.0 %", "65.2–89.5", "87 400", "41.2 ms"], isMarked: true)
        table.add(["large qwen2.5-coder-1.5b-instruct", "92.5 %", "80.1–97.4", "9 280", "388 ms"])
        let plot = ReportPlot(
            caption: "Accuracy against latency.", horizontal: .init("p95", scale: .logarithmic, unit: .milliseconds),
            vertical: .init("accuracy", unit: .percent),
            series: [
                .init(
                    "sides", style: .points,
                    points: [
                        .init(x: 41.2, y: 0.8, interval: 0.652...0.895, label: "small"),
                        .init(x: 388, y: 0.925, interval: 0.801...0.974, label: "large"),
                    ])
            ])
        return TaskReport(
            title: "classify reviews.csv",
            blocks: [
                .verdict("Too few examples to tell these two apart: about 90 more are needed."),
                .heading("Sides"), .table(table), .plot(plot),
            ])
    }
}
