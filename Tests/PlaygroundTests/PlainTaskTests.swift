import PlaygroundTestSupport
import Reports
import Screen
import Testing

@testable import Playground

@Suite struct PlainTaskTests {
    private static func plain() -> PlainPlayground {
        PlainPlayground(state: PlaygroundSample.ready().state, isInteractive: true)
    }

    private static func started(_ plain: inout PlainPlayground) throws -> TaskID {
        let step = plain.enter("/classify reviews.csv yes,no")
        guard case .runTask(let id, _)? = step.effects.first else { throw CommandProblem("no task") }
        return id
    }

    private static func outcome(_ id: Int, isRight: Bool) -> TaskUpdate {
        .outcome(
            .init(answer: "yes", isRight: isRight, milliseconds: 1), side: 0, id: "\(id)", text: "t", expected: "yes",
            wasDoneBefore: false)
    }

    @Test func aTaskIsToldInLines() throws {
        var plain = Self.plain()
        let id = try Self.started(&plain)
        #expect(!plain.isReady)
        let board = TaskBoard(
            task: "classify", title: "reviews.csv", sides: [.init(name: "a", role: "small", total: 20)])
        var text = plain.take(.task(id, .update(.began(board)))).text
        for index in 0..<20 { text += plain.take(.task(id, .update(Self.outcome(index, isRight: index != 3)))).text }
        text += plain.take(.task(id, .update(.note("a note")))).text
        text += plain.take(.task(id, .update(.timeLeft(seconds: 3)))).text
        let lines = text.split(separator: "\n").map { String($0) }
        #expect(lines.first == "classify · reviews.csv: 0 %")
        #expect(lines.contains("classify · reviews.csv: 50 %, small 90.0 %"))
        #expect(lines.count == 12 && lines.last == "a note")
        let report = TaskReport(
            title: "Done",
            blocks: [
                .verdict("small"),
                .plot(
                    ReportPlot(
                        caption: "c", horizontal: .init("x"), vertical: .init("y"),
                        series: [.init("s", style: .points, points: [.init(x: 1, y: 2)])])),
            ])
        let end = plain.take(.task(id, .update(.finished(report)))).text
        #expect(end.contains("┃ small") && end.contains("/report FILE"))
        // Figures instead of a drawing that nobody could listen to.
        #expect(end.contains("1.00  2.00") && !end.contains("●"))
        #expect(plain.isReady)
        #expect(plain.take(.warned("x")).text == "x\n")
    }

    @Test func interruptStopsIt() throws {
        var plain = Self.plain()
        let id = try Self.started(&plain)
        let step = plain.interrupt()
        #expect(step.effects == [.cancelTask(id)])
        #expect(step.text.contains("What was done is kept"))
        #expect(plain.isReady)
    }

    @Test func theMenuIsAListWithNumbers() {
        var plain = Self.plain()
        let list = plain.enter("/tasks").text
        #expect(list.contains("3  classify"))
        let form = plain.enter("3").text
        #expect(form.contains("/classify FILE LABELS starts it"))
        #expect(form.contains("content-free"))
        #expect(plain.isReady)
    }
}
