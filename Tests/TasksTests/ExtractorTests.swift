import Chat
import ChatTestSupport
import Evaluation
import Reports
import Testing

@testable import Tasks

@Suite struct ExtractorTests {
    private static let schema = #"{"properties":{"total":{"type":"number"}},"required":["total"]}"#
    private let profile = SolverProfile(name: "m", kind: .model, bytes: 1, fingerprint: "f")
    private let example = Example(id: "1", text: "Total: 12.50")

    private func task(shots: [Example] = []) throws -> ExtractionTask {
        try ExtractionTask(schema: RecordSchema(Self.schema), shots: shots, maximumTokens: 99)
    }

    @Test func aRecordIsAskedForAndGivenInItsCanonicalForm() async throws {
        let model = ScriptedBackend.answering(["{ \"total\"", ": 12.50", "}"])
        let shot = Example(id: "s", text: "Total: 1", expected: #"{"total":1}"#)
        let extractor = ConstrainedExtractor(model, task: try task(shots: [shot]), profile: profile)
        let solution = try await extractor.solve(example)
        #expect(solution.answer == #"{"total":12.5}"#)
        #expect(solution.answerTokens == 3)
        let request = try #require(model.requests.first)
        #expect(request.constraint == .jsonSchema(Self.schema))
        #expect(request.sampling.temperature == 0 && request.speculation == .lookup)
        #expect(request.maximumTokens == 99)
        #expect(request.messages.map(\.role) == [.system, .user, .assistant, .user])
        #expect(request.messages[0].content.contains(Self.schema))
        #expect(request.messages[3].content == "Total: 12.50")
    }

    @Test func aModelThatDoesNotChatGoesOnBehindTheText() async throws {
        let model = ScriptedBackend.answering([#"{"total":1}"#], profile: .scripted(hasChatTemplate: false))
        _ = try await ConstrainedExtractor(model, task: try task(), profile: profile).solve(example)
        let request = try #require(model.requests.first)
        #expect(request.rendering == .raw)
        #expect(request.messages.count == 1)
        #expect(request.messages[0].content.hasSuffix("Text:\nTotal: 12.50\n\nJSON:\n"))
    }

    @Test(arguments: [
        (FinishReason.length, #"{"total":1"#, "after 1 tokens"), (.length, #"{"total":1}"#, "cut off"),
        (.contextFull, #"{"tot"#, "context"), (.refusal, "", "refuses"), (.stop, "I can't", "'I can't'"),
    ])
    func whatIsNoWholeRecordIsAFailure(finish: FinishReason, text: String, part: String) async throws {
        let model = ScriptedBackend.answering([text], finish: finish)
        let extractor = ConstrainedExtractor(model, task: try task(), profile: profile)
        let error = await #expect(throws: ExtractionFailure.self) { try await extractor.solve(example) }
        #expect(error?.description.contains(part) == true)
        #expect(error?.refusal != nil)
    }

    @Test func shotsMustBeOfTheSchema() {
        for expected in [nil, "{", "{}", #"{"total":"1"}"#] {
            #expect(throws: TaskError.self) { try task(shots: [Example(id: "s", text: "x", expected: expected)]) }
        }
    }

    @Test func theFingerprintChangesWithWhateverChangesAnswers() throws {
        let schema = try RecordSchema(Self.schema)
        let shot = Example(id: "s", text: "x", expected: #"{"total":1}"#)
        let tasks = [
            try ExtractionTask(schema: schema), try ExtractionTask(schema: schema, instruction: "Do it."),
            try ExtractionTask(schema: schema, shots: [shot]), try ExtractionTask(schema: schema, maximumTokens: 1),
            try ExtractionTask(schema: RecordSchema("{}")),
        ]
        #expect(Set(tasks.map(\.fingerprint)).count == tasks.count)
    }

    @Test func recordsAreFoundByTheNamesOfFiles() throws {
        let records = try ExpectedRecords(
            [
                Example(id: "a", text: "a", expected: #"{"total": 1.0}"#),
                Example(id: "pdf/b.pdf", text: "", expected: #"{"total":2}"#),
            ], name: "e.jsonl", schema: RecordSchema(Self.schema))
        let examples = ["x/a.txt", "pdf/b.pdf", "b.pdf"].map { Example(id: $0, text: "") }
        #expect(records.applied(to: examples).map(\.expected) == [#"{"total":1}"#, #"{"total":2}"#, nil])
        let wrong = [Example(id: "a", text: "", expected: "{}")]
        let error = #expect(throws: TaskError.self) {
            try ExpectedRecords(wrong, name: "e.jsonl", schema: RecordSchema(Self.schema))
        }
        #expect(error?.description == "e.jsonl, 'a': expected a record of the schema: the record: 'total' is missing")
    }

    @Test func scoresCountRecordsFieldsAndWhatIsValid() throws {
        let schema = try RecordSchema(#"{"required":["a"],"properties":{"a":{"type":"integer"}}}"#)
        let examples = (1...4).map { Example(id: "\($0)", text: "", expected: #"{"a":1,"b":{"c":"x"}}"#) }
        var result = SolverResult(profile: profile)
        let answers = [#"{"a":1,"b":{"c":"x"}}"#, #"{"a":1,"b":{"c":"y"}}"#, #"{"b":{"c":"x"}}"#]
        for (example, answer) in zip(examples, answers) {
            result.outcomes[example.id] = Outcome(solution: Solution(answer: answer), seconds: 1)
        }
        result.outcomes["4"] = Outcome(failure: "cut", seconds: 1)
        let score = ExtractionScore(of: result, examples: examples, schema: schema)
        #expect(score.records == Proportion(successes: 1, trials: 4))
        #expect(score.valid == Proportion(successes: 2, trials: 4))
        #expect(score.allFields == Proportion(successes: 4, trials: 8))
        #expect(score.fields == [.init(path: "a", right: 2, expected: 4), .init(path: "b.c", right: 2, expected: 4)])
    }
}

@Suite struct ExtractionReportTests {
    @Test func theReportTellsFieldsFailuresAndWhatWasNotRead() throws {
        let task = try ExtractionTask(schema: RecordSchema(#"{"required":["a"]}"#))
        let examples = (1...9).map { Example(id: "\($0)", text: "", expected: #"{"a":1}"#) }
        var result = SolverResult(profile: SolverProfile(name: "m", kind: .model, bytes: 1, fingerprint: "f"))
        for example in examples { result.outcomes[example.id] = Outcome(failure: "cut", seconds: 1) }
        result.outcomes["1"] = Outcome(solution: Solution(answer: #"{"a":1}"#), seconds: 1)
        let report = ExtractionReport(
            task: task, title: "t", examples: examples, results: [result], unreadable: [("x.pdf", "no text")]
        ).report
        var (tables, texts) = ([ReportTable](), [String]())
        for block in report.blocks {
            if case .table(let table) = block { tables.append(table) }
            if case .text(let text) = block { texts.append(text) }
        }
        #expect(tables.map(\.rows.count) == [1, 1])
        #expect(tables[0].rows[0][1...4] == ["11.1 %", "2.0–43.5", "11.1 %", "11.1 %"])
        #expect(tables[1].rows[0] == ["a", "11.1 %"])
        #expect(
            texts == [
                "m: no record, 8: 2: cut; 3: cut; 4: cut; 5: cut; 6: cut; and 3 more", "not read, 1: x.pdf: no text",
            ])
    }
}

@Suite struct ExtractedRecordsTests {
    private func result(_ name: String, role: String, _ answers: [String: String]) -> SolverResult {
        var result = SolverResult(
            profile: SolverProfile(name: name, kind: .model, bytes: 1, fingerprint: name), role: role)
        for (id, answer) in answers {
            result.outcomes[id] = Outcome(solution: Solution(answer: answer), seconds: Double.random(in: 0...1))
        }
        return result
    }

    private let examples = ["a", "b\""].map { Example(id: $0, text: "") }

    @Test func oneSideNeedsNoName() {
        var one = result("m", role: "small", ["a": #"{"y":"1,5","x":{"z":null,"w":[1]}}"#])
        one.outcomes["b\""] = Outcome(failure: "cut \"off\"", seconds: 1)
        let records = ExtractedRecords(examples, [one], unreadable: [("c.pdf", "no text")])
        #expect(
            records.jsonLines == """
                {"id":"a","record":{"x":{"w":[1],"z":null},"y":"1,5"}}
                {"id":"b\\"","failure":"cut \\"off\\""}
                {"id":"c.pdf","failure":"no text"}

                """)
        #expect(
            records.table(separator: ",") == """
                id,x.w,x.z,y,failure
                a,[1],,"1,5",
                "b""\",,,,"cut ""off""\"
                c.pdf,,,,no text

                """)
    }

    @Test func severalSidesStandUnderTheirNames() {
        let sides = [result("m", role: "small", ["a": #"{"x":1}"#]), result("n", role: "", ["a": #"{"y":true}"#])]
        let records = ExtractedRecords([examples[0]], sides)
        #expect(records.jsonLines == #"{"id":"a","small":{"record":{"x":1}},"n":{"record":{"y":true}}}"# + "\n")
        #expect(records.table(separator: "\t") == "id\tsmall.x\tsmall.failure\tn.y\tn.failure\na\t1\t\ttrue\t\n")
    }
}
