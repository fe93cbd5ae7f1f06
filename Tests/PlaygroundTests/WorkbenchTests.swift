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

    @Test func anExampleIsOpenedWhole() {
        var driver = PlaygroundSample.classifying(Size(columns: 60, rows: 20))
        let long = "It " + String(repeating: "goes on and on, ", count: 60) + "until it ends."
        driver.outcome(50, long, expected: "{\"mood\": \"bored\"}", side: 0, "{\"mood\": \"amused\"}", confidence: 0.4)
        driver.press(.enter)
        let text = render(driver.state).text()
        #expect(text.contains("Example 50") && text.contains("Esc close") && !text.contains("until it ends."))
        driver.press(.end)
        let end = render(driver.state).text()
        #expect(end.contains("{\"mood\": \"amused\"}") && end.contains("{\"mood\": \"bored\"}"))
        #expect(end.contains("until it ends.") && end.contains("hasn't come to it") && end.contains("40 % sure"))
        // It stays the one that was opened.
        driver.outcome(51, "another", side: 0, "x")
        #expect(render(driver.state).text().contains("Example 50"))
        driver.press(.escape)
        #expect(driver.state.dialog == nil && driver.state.workbench?.isShown == true)
        driver.press(.character("g"), .down, .enter)
        #expect(driver.state.dialog == .page(PageDialog(.example, row: "1")))
    }

    @Test func keysThatMeanNothingAreNotOffered() {
        var driver = PlaygroundSample.ready(size: Size(columns: 120, rows: 30))
        driver.enter("/retrieve notes What is it?")
        driver.report(
            .began(
                TaskBoard(
                    task: "retrieve", title: "notes", sides: [.init(name: "a", total: 3), .init(name: "b", total: 1)])))
        driver.outcome(1, "a passage", side: 0, "notes/a.md")
        #expect(render(driver.state).text().contains("…"))
        // Who is done has nothing to say of what is another one's.
        driver.report(.phase(.done, side: 1))
        #expect(!render(driver.state).text().contains("…"))
        #expect(!render(driver.state).text().contains("disagreements"))
        driver.press(.character("d"))
        #expect(driver.state.workbench?.filter == .all)
        #expect(
            render(PlaygroundSample.classifying(Size(columns: 120, rows: 30)).state).text().contains("d disagreements"))
    }

    @Test func aTitleSaysTheTaskOnce() {
        var driver = PlaygroundSample.ready()
        driver.enter("/advise task.yaml")
        driver.report(.began(TaskBoard(task: "advise", title: "advise task.yaml", sides: [])))
        #expect(driver.state.workbench?.title == "advise · task.yaml")
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
        #expect(effects.count == count)
        guard case .writeFile(let written, let text)? = effects.first else {
            Issue.record("nothing is written")
            return
        }
        #expect(written == path && !text.isEmpty)
        driver.send(.fileWritten(.failure("\(path): there is no such folder")))
        #expect(driver.state.dialog != nil && render(driver.state).text().contains("there is no such folder"))
        driver.send(.fileWritten(.success(path)))
        #expect(driver.state.dialog == nil)
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

    @Test func aFailureIsShownAndTheNextTaskMayBegin() throws {
        var driver = PlaygroundSample.started()
        let id = try #require(driver.tasks.last?.id)
        driver.outcome(1, "good", side: 0, "positive")
        driver.send(.task(id, .failed("reviews.csv: expected a file of examples, found none")))
        #expect(driver.state.notice?.text == "reviews.csv: expected a file of examples, found none")
        let text = render(driver.state).text()
        #expect(text.contains("reviews.csv: expected a file") && text.contains("Esc panes"))
        driver.press(.escape)
        driver.enter("/classify reviews.csv a,b")
        #expect(driver.tasks.count == 2)
    }

    @Test(arguments: [Size(columns: 40, rows: 12), Size(columns: 80, rows: 24)])
    func whatWasFilledInComesBackWithWhyItCameToNothing(_ size: Size) throws {
        var driver = PlaygroundSample.ready(size: size)
        driver.enter("/extract invoices schema=a.json limit=20 @large")
        let first = try #require(driver.tasks.last)
        driver.send(.task(first.id, .failed("a.json: expected a JSON Schema, found none; check the path")))
        guard case .fields(let form)? = driver.state.dialog else {
            Issue.record("no form")
            return
        }
        #expect(form.values["file"] == "invoices" && form.values["limit"] == "20")
        let text = render(driver.state).text()
        #expect(text.contains("a.json: expected a JSON Schema,") && text.contains("Esc discard"))
        // It is mended where it was wrong.
        driver.press(.down)
        driver.type("c")
        #expect(!render(driver.state).text().contains("expected a JSON Schema"))
        driver.press(.enter)
        let second = try #require(driver.tasks.last)
        #expect(second.request.arguments["schema"] == "a.jsonc" && second.request.sides == first.request.sides)
    }

    @Test func whoLooksElsewhereIsNotAskedAgain() throws {
        var driver = PlaygroundSample.started()
        let id = try #require(driver.tasks.last?.id)
        driver.press(.escape)
        driver.send(.task(id, .failed("no such file")))
        #expect(driver.state.dialog == nil && driver.state.notice?.text == "no such file")
    }

    @Test(arguments: [40, 80, 120]) func theWayOutIsSeenWhateverIsTold(_ columns: Int) {
        var driver = PlaygroundSample.classifying(Size(columns: columns, rows: 24))
        driver.press(.character("x"))
        let text = render(driver.state).text()
        #expect(text.contains("Stopped. What was done is kept") && text.contains("Esc panes"))
        driver.send(.fileWritten(.success("x.html")))
        let later = render(driver.state).text()
        #expect(later.contains("Written: x.html") && later.contains("Esc panes"))
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
