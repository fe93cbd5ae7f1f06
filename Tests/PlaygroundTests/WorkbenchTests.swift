import Chat
import PlaygroundTestSupport
import Reports
import Screen
import Testing

@testable import Playground

@Suite struct WorkbenchTests {
    @Test func nothingElseIsAskedOfTheModelsMeanwhile() {
        var driver = PlaygroundSample.classifying()
        driver.press(.escape)
        let (runs, loads) = (driver.runs.count, driver.loads.count)
        for line in [
            "hello", "/regen", "/model gemma3-270m", "/add gemma3-270m", "/close", "/context 512", "/load a.jsonl",
            "/speculate", "/classify b.csv x,y", "/system Be brief.",
        ] {
            driver.press(.control("u"))
            driver.enter(line)
            #expect(driver.state.notice?.kind == .warning, "\(line)")
            #expect(driver.state.notice?.text.contains("/stop ends it") == true, "\(line)")
        }
        #expect(driver.runs.count == runs && driver.loads.count == loads && driver.tasks.count == 1)
    }

    @Test func noTaskBeginsBesideAnAnswer() {
        var driver = PlaygroundSample.ready()
        driver.enter("hi")
        driver.enter("/classify r.csv a,b")
        #expect(driver.tasks.isEmpty && driver.state.workbench == nil)
        #expect(driver.state.notice?.text.hasPrefix("The answers are still coming") == true)
    }

    @Test func escapeLeavesTheViewAndTheTaskGoesOn() {
        var driver = PlaygroundSample.classifying()
        #expect(driver.press(.escape).isEmpty)
        #expect(driver.state.workbench?.isRunning == true && driver.state.workbench?.isShown == false)
        for columns in [40, 60, 80, 120] {
            driver.send(.input(.resize(Size(columns: columns, rows: 24))))
            #expect(render(driver.state).text().contains("classify 56 %"), "\(columns)")
        }
        driver.outcome(30, "more", expected: "positive", side: 0, "positive")
        #expect(driver.state.workbench?.board.sides[0].done == 25)
        driver.press(.function(12))
        #expect(driver.state.workbench?.isShown == true)
        driver.press(.escape)
        driver.report(.finished(TaskReport(title: "t")))
        #expect(driver.state.notice?.text == "The task is done; F12 shows what it brought.")
        driver.press(.alt("v"))
        #expect(driver.state.workbench?.tab == .report)
    }

    @Test(arguments: [Key.character("x"), .control("c")]) func stoppingKeepsWhatWasDone(_ key: Key) throws {
        var driver = PlaygroundSample.classifying()
        let id = try #require(driver.tasks.last?.id)
        #expect(driver.press(key) == [.cancelTask(id)])
        #expect(driver.state.notice?.text.hasPrefix("Stopped. What was done is kept") == true)
        let board = driver.state.workbench?.board
        // What was on its way comes too late.
        driver.outcome(99, "late", side: 0, "x")
        driver.send(.task(id, .failed("late")))
        #expect(driver.state.workbench?.board == board && driver.state.workbench?.phase == .stopped)
        #expect(driver.press(.character("x")).isEmpty)
        driver.press(.escape)
        driver.enter("/classify reviews.csv positive,negative")
        #expect(driver.tasks.count == 2 && driver.tasks[0].request == driver.tasks[1].request)
        #expect(driver.tasks[0].id != driver.tasks[1].id)
    }

    @Test func leavingStopsTheTask() throws {
        var driver = PlaygroundSample.classifying()
        let id = try #require(driver.tasks.last?.id)
        driver.press(.control("c"))
        #expect(driver.press(.control("c")) == [.exit])
        driver = PlaygroundSample.classifying()
        driver.press(.escape)
        #expect(driver.enter("/quit") == [.cancelTask(id), .exit])
    }

    @Test func filtersShowWhatIsLookedFor() throws {
        var driver = PlaygroundSample.classifying()
        let all = try #require(driver.state.workbench?.rows)
        driver.press(.character("d"))
        let disagreements = try #require(driver.state.workbench?.rows)
        #expect(!disagreements.isEmpty && disagreements.count < all.count)
        #expect(disagreements.allSatisfy { $0.hasDisagreement })
        driver.press(.character("m"))
        let mistakes = try #require(driver.state.workbench?.rows)
        #expect(mistakes.map(\.id).contains("7") && mistakes.map(\.id).contains("3"))
        #expect(!mistakes.map(\.id).contains("0"))
        driver.press(.character("a"))
        #expect(driver.state.workbench?.rows == all)
    }

    @Test func theNewestRowIsAtTheBottomUntilOneScrolls() {
        var driver = PlaygroundSample.classifying()
        func bottom() -> String {
            let layout = driver.state.workbenchLayout
            return render(driver.state).text().split(separator: "\n", omittingEmptySubsequences: false)[
                layout.body.maxRow - 1
            ].description
        }
        driver.outcome(40, "the newest of all", side: 0, "positive")
        #expect(bottom().contains("the newest of all"))
        driver.press(.character("g"))
        driver.outcome(41, "newer still", side: 0, "positive")
        #expect(driver.state.workbench?.scroll == .line(0))
        #expect(!bottom().contains("newer still"))
        driver.press(.character("G"))
        #expect(bottom().contains("newer still"))
        for key: Key in [.character("k"), .pageUp, .up, .home, .character("j"), .down, .pageDown, .end] {
            driver.press(key)
        }
        #expect(driver.state.workbench?.scroll == .tail)
    }

    @Test func theWheelScrolls() {
        var driver = PlaygroundSample.classifying()
        driver.send(.input(.mouse(.wheelUp(Point(column: 3, row: 20)))))
        #expect(driver.state.workbench?.scroll != .tail)
    }

    @Test func figuresComeWithTheirInterval() {
        let text = render(PlaygroundSample.classifying(Size(columns: 120, rows: 40)).state).text()
        for wanted in [
            "small smollm2-135m-instruct", "24/40", "21/40", "79.2 % (59.5–90.8)", "items/h 87 400", "p95 388 ms",
            "from before 8", "~192 s left", "✓ positive", "✗ positive", "! 429 Too Many", "53 %", "▒",
        ] {
            #expect(text.contains(wanted), "\(wanted)")
        }
    }

    @Test(arguments: [("classify.html", 1), ("out/r.svg", 1), ("r.json", 1), ("r.md", 1), ("r.txt", 1)])
    func theReportIsWritten(_ path: String, _ count: Int) {
        var driver = PlaygroundSample.classified()
        driver.press(.character("e"), .control("u"))
        driver.type(path)
        let effects = driver.press(.enter)
        #expect(effects.count == count && driver.state.dialog == nil)
        guard case .writeFile(let written, let text)? = effects.first else {
            Issue.record("nothing is written")
            return
        }
        #expect(written == path && !text.isEmpty)
        #expect(driver.enter("/report \(path)") == effects || driver.state.workbench?.isShown == true)
    }

    @Test func aReportThatIsNotThereIsNotWritten() {
        var driver = PlaygroundSample.classifying()
        driver.press(.character("e"))
        #expect(driver.state.dialog == nil && driver.state.notice?.kind == .warning)
        driver = PlaygroundSample.classified()
        driver.press(.character("e"), .control("u"))
        driver.type("report.pdf")
        #expect(driver.press(.enter).isEmpty && driver.state.dialog != nil)
        #expect(driver.state.notice?.text.contains(".html, .md, .json, .svg or .txt") == true)
    }

    @Test func whatFailedBeforeItBeganCanBeMended() throws {
        var driver = PlaygroundSample.started()
        let task = try #require(driver.tasks.last)
        driver.send(.task(task.id, .failed("reviews.csv: expected a file of examples, found none")))
        guard case .fields(let form)? = driver.state.dialog else {
            Issue.record("no form")
            return
        }
        for (name, value) in task.request.arguments { #expect(form.values[name] == value) }
        #expect(render(driver.state).text().contains("reviews.csv: expected a file"))
        driver.press(.escape)
        driver.enter("/classify reviews.csv a,b")
        #expect(driver.tasks.count == 2)
        // The words of the last one are a key away.
        driver.press(.escape)
        driver.send(.task(try #require(driver.tasks.last?.id), .ended))
        driver.press(.up)
        #expect(driver.state.prompt.text == "/classify reviews.csv a,b")
    }

    @Test func aFailureBehindTheFirstExamplesIsShownWithThem() throws {
        var driver = PlaygroundSample.classifying()
        let id = try #require(driver.tasks.last?.id)
        driver.send(.task(id, .failed("the disk is full")))
        #expect(driver.state.dialog == nil && driver.state.workbench?.isShown == true)
        let text = render(driver.state).text()
        // The way out stays in sight.
        #expect(text.contains("the disk is full") && text.contains("Esc panes"))
    }

    @Test func examplesCanBeReadWhole() {
        var driver = PlaygroundSample.classifying()
        driver.press(.enter)
        #expect(driver.state.dialog == .page(PageDialog(.examples)))
        let shown = driver.state.examplesPage(columns: 60).map { $0.map(\.text).joined() }
        for row in driver.state.workbench?.rows.suffix(1) ?? [] {
            #expect(shown.contains(row.id) && row.outcomes.compactMap { $0 }.allSatisfy { shown.contains($0.answer) })
        }
        driver.press(.escape)
        #expect(driver.state.dialog == nil && driver.state.workbench?.isShown == true)
    }

    @Test(arguments: ["/cascade reviews.csv", "/distill reviews.csv"])
    func tasksOfTwoNeedTwo(_ line: String) {
        var driver = PlaygroundSample.ready()
        driver.enter("/close @large")
        driver.enter(line)
        #expect(driver.tasks.isEmpty)
        #expect(driver.state.notice?.text.contains("/add MODEL") == true)
    }

    @Test func aSlashBeginsACommandAndOtherLettersAreKeys() {
        var driver = PlaygroundSample.classifying()
        driver.type("q")
        #expect(driver.state.workbench?.isShown == true && driver.state.prompt.isEmpty)
        driver.type("/st")
        #expect(driver.state.workbench?.isShown == false && driver.state.prompt.text == "/st")
    }

    @Test func keysOfEverythingElseStillWork() {
        var driver = PlaygroundSample.classified()
        driver.press(.function(1))
        #expect(driver.state.dialog == .page(PageDialog(.help)))
        driver.press(.escape)
        #expect(driver.state.workbench?.isShown == true)
        driver.press(.function(9))
        #expect(driver.state.inspector != nil && driver.state.workbench?.isShown == false)
    }

    @Test func withoutATaskThereIsNoView() {
        var driver = PlaygroundSample.ready()
        driver.press(.function(12))
        #expect(driver.state.notice?.text == "No task has run yet; F11 lists them.")
        driver.enter("/stop")
        #expect(driver.state.notice?.text == "No task is running.")
    }

    @Test(arguments: [(40, 12), (60, 20), (80, 24), (120, 40), (200, 60), (50, 80)], 1...6)
    func partsNeitherOverlapNorLeaveTheScreen(_ size: (Int, Int), _ sides: Int) {
        let area = Rect(column: 0, row: 0, columns: size.0, rows: size.1 - 1)
        let layout = WorkbenchLayout(area, sides: sides)
        let parts = [layout.title, layout.tabs, layout.body] + layout.sides
        for (index, part) in parts.enumerated() {
            #expect(!part.isEmpty && area.intersection(part) == part, "\(part)")
            for other in parts[(index + 1)...] { #expect(part.intersection(other).isEmpty) }
        }
        #expect(layout.body.size.rows >= 5)
    }
}
