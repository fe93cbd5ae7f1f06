import Chat
import ChatTestSupport
import Foundation
import Testing

@testable import Recording

@Suite struct SessionRecordTests {
    private let line = SessionLine()

    private func text(_ record: SessionRecord) throws -> String {
        String(decoding: try line.encode(record), as: UTF8.self)
    }

    @Test(arguments: [SessionRecord.header(Sample.header)] + Sample.records)
    func comeBackAsTheyWere(_ record: SessionRecord) throws {
        let bytes = try line.encode(record)
        #expect(bytes.filter { $0 == UInt8(ascii: "\n") }.count == 1)
        #expect(try line.decode(bytes.dropLast()) == record)
    }

    @Test func everyKindIsInTheSample() throws {
        let kinds = try ([.header(Sample.header)] + Sample.records).map { record in
            try #require(text(record).firstMatch(of: /"kind":"([a-z_]+)"/)).output.1
        }
        #expect(Set(kinds.map(String.init)) == Set(SessionRecord.Kind.allCases.map(\.rawValue)))
    }

    @Test func aTokenIsShort() throws {
        let plain = ChatToken(id: 42, text: " the", logprob: -0.123456789, at: .microseconds(1_234_567))
        #expect(
            try text(.event(run: 3, .token(plain)))
                == #"{"at_us":1234567,"id":42,"kind":"token","logprob":-0.123457,"run":3,"text":" the"}"# + "\n")
        var full = plain
        full.alternatives = [ChatToken.Alternative(id: 5, text: "a", logprob: -1)]
        full.isDrafted = true
        #expect(try text(.event(run: 3, .token(full))).contains(#""drafted":true"#))
        #expect(try text(.event(run: 3, .token(full))).contains(#""top":[[5,"a",-1]]"#))
    }

    @Test func answerPrefixesOfBothKindsComeBack() throws {
        for prefix in [AnswerText.text("Well, "), .tokens([1, 2, 3])] {
            var start = Sample.start(1, pane: 0, turn: 1, purpose: .branch, at: .seconds(1))
            start.request.answerPrefix = prefix
            start.request.rendering = .raw
            start.request.usesCache = false
            start.request.maximumTokens = nil
            start.isConcurrent = true
            #expect(try line.decode(line.encode(.runStarted(start)).dropLast()) == .runStarted(start))
        }
    }

    /// What a model on a server leaves unknown stays unknown, whoever serves it and whatever it costs.
    @Test(arguments: [
        Price(.perMillionTokens(input: 0.15, cachedInput: 0.075, output: 0.6), currency: "EUR"), Price(.perHour(2.5)),
        nil,
    ])
    func modelsOnServersComeBack(_ price: Price?) throws {
        var opening = Sample.opening(0)
        opening.model = "openai:huge@https://models.example/v1"
        opening.file = nil
        opening.profile = ModelProfile(
            name: "huge", location: .server(ModelServer(host: "models.example", software: "vLLM", isSecure: true)),
            loadDuration: .milliseconds(80), price: price)
        #expect(try line.decode(line.encode(.paneOpened(opening)).dropLast()) == .paneOpened(opening))
    }

    @Test func tokensOfServersComeBack() throws {
        let token = ChatToken(
            text: "Hm", logprob: -1, alternatives: [ChatToken.Alternative(id: nil, text: "Hm", logprob: -1)],
            channel: .reasoning, isChunk: true, at: .milliseconds(3))
        let record = SessionRecord.event(run: 1, .token(token))
        #expect(try line.decode(line.encode(record).dropLast()) == record)
    }

    @Test func whatIsNotANumberIsLeftOut() throws {
        let token = ChatToken(
            text: "x", logprob: -.infinity, entropy: .nan,
            alternatives: [ChatToken.Alternative(id: 1, text: "y", logprob: -.infinity)], at: .zero)
        #expect(
            try line.decode(line.encode(.event(run: 1, .token(token))).dropLast())
                == .event(run: 1, .token(ChatToken(text: "x", at: .zero))))
        var start = Sample.start(1, pane: 0, turn: 1, at: .zero)
        start.request.sampling.temperature = .infinity
        #expect(try line.decode(line.encode(.runStarted(start)).dropLast()) == .runStarted(start))
        let figures = SpeculationFigures(drafted: 1, accepted: 1, passes: 1, tokens: 1, estimatedSpeedup: .nan)
        guard
            case .event(_, .speculation(let read)) = try line.decode(
                line.encode(.event(run: 1, .speculation(figures))).dropLast())
        else { throw CancellationError() }
        #expect(read.estimatedSpeedup == nil)
    }

    @Test func numbersOutOfRangeBecomeTheNearestOne() throws {
        let summary = PromptSummary(tokens: .max, cachedTokens: -1)
        #expect(
            try line.decode(line.encode(.event(run: 1, .prompt(summary))).dropLast())
                == .event(run: 1, .prompt(PromptSummary(tokens: 1 << 53, cachedTokens: 0))))
        #expect(Microseconds(.seconds(-5)).value == 0)
        #expect(Microseconds(.seconds(Int64.max)).value == Microseconds.limit)
        #expect(Microseconds(.nanoseconds(1_499)).value == 1)
        #expect(Microseconds(.nanoseconds(1_500)).value == 2)
    }

    @Test(arguments: [
        #"{"kind":"prompt","run":1,"tokens":-1,"cached_tokens":0}"#,
        #"{"kind":"prompt","run":1,"tokens":9223372036854775807,"cached_tokens":0}"#,
        #"{"kind":"prompt","run":1,"tokens":1e99,"cached_tokens":0}"#,
        #"{"kind":"finished","run":1,"at_us":1000000000000001,"reason":"stop"}"#,
        #"{"kind":"token","run":1,"at_us":0,"text":"a","logprob":"nan"}"#,
        #"{"kind":"token","run":1,"at_us":0,"text":"a","logprob":1e999}"#,
        #"{"kind":"token","run":1,"text":"a"}"#, #"{"kind":"finished","run":1,"at_us":0,"reason":"tired"}"#,
        #"{"kind":"vote","at_us":0,"prompt":"","panes":[],"outcome":"won"}"#, #"{"kind":7}"#, "[]", "{", "", "null",
    ])
    func whatCannotBeIsRefused(_ text: String) {
        #expect(throws: DecodingError.self) { try line.decode(Data(text.utf8)) }
    }

    @Test func unknownKindsAndFieldsAreSkipped() throws {
        #expect(try line.decode(Data(#"{"kind":"weather","sky":"blue"}"#.utf8)) == nil)
        let note = #"{"kind":"note","run":1,"text":"hm","mood":{"of":["the day"]}}"#
        #expect(try line.decode(Data(note.utf8)) == .event(run: 1, .note("hm")))
    }

    @Test func hostileTextStaysOnItsLine() throws {
        let text = "a\nb\r\u{0}\u{1B}[31m\u{2028}\u{85}\"\\/ \u{FEFF}👩‍👩‍👧"
        let record = SessionRecord.event(run: 1, .token(ChatToken(text: text, at: .zero)))
        let bytes = try line.encode(record)
        #expect(bytes.dropLast().allSatisfy { $0 >= 0x20 })
        #expect(try line.decode(bytes.dropLast()) == record)
    }
}
