import Chat
import Evaluation
import Reports
import Testing

@testable import Tasks

@Suite struct LadderWordingTests {
    private func outcome(_ answer: String, side: Int = 0, id: String, failure: String? = nil) -> TaskUpdate {
        .outcome(
            .init(answer: answer, milliseconds: 1, failure: failure), side: side, id: id, text: id, expected: nil,
            wasDoneBefore: false)
    }

    private func answer(_ update: TaskUpdate) -> String? {
        if case .outcome(let outcome, _, _, _, _, _) = update { outcome.answer } else { nil }
    }

    @Test func whatStepsBringIsToldInWords() async {
        let wording = LadderWording()
        let facts = await wording.worded(
            outcome(#"{"format":"Q8_0","bytes":145000000,"parameters":135000000}"#, id: "file"))
        #expect(answer(facts) == "Q8_0, 145 MB, 8.59 bits a weight")
        let speed = await wording.worded(outcome("1865.98", id: "prefill 1"))
        #expect(answer(speed) == "1866 tok/s")
    }

    @Test func perplexityIsThatOfAllChunksOfASideSoFar() async {
        let wording = LadderWording()
        func chunk(_ loss: Double, _ number: Int, side: Int) async -> String? {
            let score = #"{"losses":[\#(loss),\#(loss)],"divergences":["nan",0.1],"agreements":1}"#
            return answer(await wording.worded(outcome(score, side: side, id: "chunk \(number)")))
        }
        #expect(await chunk(2, 1, side: 0) == "7.39 perplexity so far")
        #expect(await chunk(1, 1, side: 1) == "2.72 perplexity so far")
        // exp((2 + 4) / 2)
        #expect(await chunk(4, 2, side: 0) == "20.1 perplexity so far")
    }

    @Test func whatIsNoResultStaysAsItIs() async {
        let wording = LadderWording()
        #expect(answer(await wording.worded(outcome("", id: "chunk 1", failure: "too long"))) == "")
        #expect(answer(await wording.worded(outcome("{", id: "chunk 1"))) == "{")
        #expect(answer(await wording.worded(outcome("x", id: "another thing"))) == "x")
    }

    @Test func stepsAreNotCountedByTheHour() async {
        let figures = await LadderWording().worded(
            .figures([.init("items/h", "16753576"), .init("p50", "0.10 ms"), .init("memory", "202 MB")], side: 0))
        #expect(figures == .figures([.init("memory", "202 MB")], side: 0))
    }
}
