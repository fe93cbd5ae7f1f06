import ArgumentParser
import Evaluation
import Foundation
import Tasks
import Testing

@testable import diptych

@Suite("distill and cascade")
struct TogetherTests {
    private func parse<Command>(_ arguments: [String], as type: Command.Type) throws -> Command {
        try #require(Diptych.parseAsRoot(arguments) as? Command)
    }

    @Test("distill takes a teacher, an encoder and how the texts are divided")
    func distill() throws {
        let command = try parse(
            [
                "distill", "d.csv", "--teacher", "large", "--encoder", "mini", "-o", "s.json", "--labels", "a,\"b,c\"",
                "--test-share", "0.3", "--min-confidence", "0.6", "--temperature", "2", "--limit", "50", "--seed", "9",
                "--json",
            ], as: DistillCommand.self)
        #expect(command.source.data == "d.csv")
        #expect(command.studentFile == "s.json")
        #expect(try command.question.task(of: []).labels == ["a", "b,c"])
        #expect(command.testShare == 0.3)
        #expect(command.minimumConfidence == 0.6)
        #expect(command.temperature == 2)
        #expect(command.source.seed == 9)
        #expect(command.output.isJSON)
    }

    @Test("cascade takes a pair and a goal")
    func cascade() throws {
        let command = try parse(
            [
                "cascade", "d.csv", "--small", "s.json", "--large", "l", "--within", "2.5", "--of-large", "--save",
                "time", "--measure", "margin", "-o", "rows.csv",
            ], as: CascadeCommand.self)
        #expect(command.pair.small == "s.json")
        #expect(command.task.resultFile == "rows.csv")
        #expect(command.plan.goal == .nearLarge(0.025))
        #expect(command.plan.expense == .time)
        #expect(command.plan.measure == .margin)
        let budget = try parse(["cascade", "d.csv", "--budget-ms", "40"], as: CascadeCommand.self)
        #expect(budget.plan.goal == .budget(40))
        #expect(budget.plan.expense == .time)
        #expect(try parse(["cascade", "d.csv"], as: CascadeCommand.self).plan == CascadeTrial.Plan())
    }

    @Test(
        "what can't be done is refused before a model is opened",
        arguments: [
            ["distill", "d", "--teacher", "l", "--encoder", "e", "-o", "student.gguf"],
            ["cascade", "d", "--within", "1", "--budget-ms", "3"], ["cascade", "d", "--within", "-1"],
            ["cascade", "d", "--of-large", "--budget-cost", "3"], ["cascade", "d", "--choosing-share", "1"],
            ["cascade", "d", "--save", "time", "--budget-cost", "1"],
        ])
    func refused(arguments: [String]) {
        #expect(throws: (any Error).self) { try Diptych.parseAsRoot(arguments) }
    }
}
