import Chat
import Foundation
import Testing

@testable import Recording

/// What documents say of models on servers, and of what models think before they answer.
@Suite struct ServerExportTests {
    /// A model on a server that thinks in chunks, beside one that doesn't.
    private static func session(countsTokens: Bool = false, price: Price? = nil) throws -> RecordedSession {
        var opening = Sample.opening(1)
        opening.profile = ModelProfile(
            name: "huge", location: .server(ModelServer(host: "models.example", software: "vLLM", isSecure: true)),
            loadDuration: .milliseconds(80), price: price)
        var events: [ChatEvent] = [.request(Sample.timeline)]
        for (index, text) in ["<b>Hm", ", rivers", "The ", "Rhine", "."].enumerated() {
            let channel: ChatToken.Channel = index < 2 ? .reasoning : .answer
            let at = Duration.milliseconds(30 + 10 * index)
            events.append(.token(ChatToken(text: text, channel: channel, isChunk: true, at: at)))
        }
        let report = ServerReport(promptTokens: 12, completionTokens: countsTokens ? 9 : nil)
        events += [.server(report), .finished(.stop, at: .milliseconds(80))]
        return try Sample.session(
            [
                .paneOpened(Sample.opening(0)), .paneOpened(opening),
                .runStarted(Sample.start(1, pane: 0, turn: 1, at: .seconds(1))),
            ] + Sample.answer(["The ", "Rhône", "."], run: 1) + [
                .runStarted(Sample.start(2, pane: 1, turn: 1, at: .seconds(2)))
            ] + events.map { .event(run: 2, $0) })
    }

    /// The cells of a row of the figures, by its label; nil where no pane has the figure.
    private func row(_ label: String, of session: RecordedSession) -> [String]? {
        let turn = SessionReport(session).turns[0]
        return FigureRow.rows(of: turn).first { $0.label == label }.map { turn.columns.map($0.cell) }
    }

    @Test func thoughtsAreNoPartOfTheAnswer() throws {
        let session = try Self.session()
        #expect(session.runs[1].answer == "The Rhine.")
        #expect(session.runs[1].thoughts == "<b>Hm, rivers")
        #expect(session.runs[0].thoughts == "")
    }

    @Test func documentsKeepThoughtsClosed() throws {
        let session = try Self.session()
        let page = HTMLExport(session).text
        #expect(
            page.contains(
                "<details><summary>Thoughts</summary>\n<div class=\"answer\" dir=\"auto\">&lt;b&gt;Hm, rivers</div>\n"
                    + "</details>\n<div class=\"answer\" dir=\"auto\">The Rhine.</div>"))
        #expect(page.components(separatedBy: "<summary>Thoughts").count == 2)
        let text = MarkdownExport(session).text
        #expect(
            text.contains(
                "<details><summary>Thoughts</summary>\n\n```text\n<b>Hm, rivers\n```\n\n</details>\n\n"
                    + "```text\nThe Rhine.\n```\n"))
        let object = try JSONSerialization.jsonObject(with: Data(JSONExport(session).encoded().utf8)) as? [String: Any]
        let turn = try #require((object?["turns"] as? [[String: Any]])?.first)
        let answers = try #require(turn["answers"] as? [[String: Any]])
        #expect(answers.map { $0["thoughts"] as? String } == [nil, "<b>Hm, rivers"])
        #expect(answers.map { $0["answer"] as? String } == ["The Rhône.", "The Rhine."])
    }

    @Test func chunksHaveRowsOfTheirOwn() throws {
        let session = try Self.session()
        #expect(row("inter-token latency (ITL), p50", of: session) == ["10.0 ms", "–"])
        #expect(row("gap between chunks, p50", of: session) == ["–", "10.0 ms"])
        #expect(row("decode", of: session) == ["100 tok/s", "–"])
        #expect(row("chunks a second", of: session) == ["–", "100"])
        #expect(row("time per output token (TPOT)", of: session)?[1] == "–")
        #expect(row("generated chunks of tokens", of: session) == ["–", "5"])
        let counted = try Self.session(countsTokens: true)
        #expect(row("chunks a second", of: counted) == nil)
        #expect(row("decode", of: counted) == ["100 tok/s", "200 tok/s"])
        #expect(row("gap between chunks, p50", of: counted) == ["–", "10.0 ms"])
        #expect(HTMLExport(session).text.contains("</bdi>: between chunks: median 10.0 ms"))
    }

    @Test func theWayOfTheRequestIsInTheFigures() throws {
        let session = try Self.session()
        #expect(row("turned away, waiting", of: session) == ["–", "10.0 ms"])
        #expect(row("name lookup, connect and TLS", of: session) == ["–", "7.00 ms"])
        #expect(row("request sent to first byte", of: session) == ["–", "8.00 ms"])
        #expect(row("first byte to first token", of: session) == ["–", "4.00 ms"])
        #expect(row("time to first token of the answer (TTFO)", of: session) == ["–", "50.0 ms"])
    }

    @Test(arguments: [("$", true, "$0.0012"), ("EUR", true, "EUR 0.0012"), ("$", false, "~$0.0012")])
    func costsHaveTheirCurrency(_ currency: String, countsTokens: Bool, text: String) throws {
        let price = Price(.perMillionTokens(input: 100, cachedInput: nil, output: 0), currency: currency)
        let session = try Self.session(countsTokens: countsTokens, price: price)
        #expect(row("cost", of: session) == ["–", text])
    }

    @Test(
        arguments: [
            (Price(.perMillionTokens(input: 1, cachedInput: nil, output: 10), currency: "€"), "€1", ", €10 of answer"),
            (
                Price(.perMillionTokens(input: 2.5, cachedInput: 0.25, output: 10), currency: "EUR"), "EUR 2.5",
                ", EUR 0.25 of cached ones, EUR 10 of answer"
            ),
        ])
    func thePriceIsASentence(_ price: Price, _ first: String, _ rest: String) throws {
        let facts = PaneFacts(try Self.session(price: price).panes[1]).rows
        #expect(facts.first { $0.name == "price" }?.value == "\(first) a million tokens of prompt\(rest)")
    }

    /// A server may name the format of its weights and no architecture.
    @Test func theFormatIsNoArchitecture() throws {
        var pane = try Self.session(price: Price(.perHour(3.5))).panes[1]
        pane.opening.profile.format = "Q4_1"
        let facts = PaneFacts(pane).rows
        #expect(facts.first { $0.name == "architecture" } == nil)
        #expect(facts.first { $0.name == "format" }?.value == "Q4_1")
        #expect(facts.first { $0.name == "price" }?.value == "$3.5 an hour")
    }

    /// Stopped while the server let it wait, on a connection that was open.
    @Test func stepsThatWereNotDoneAreMissing() throws {
        var timeline = RequestTimeline()
        timeline.reusedConnection = true
        timeline.sent = .milliseconds(1)
        let start = Sample.start(3, pane: 1, turn: 2, at: .seconds(3))
        let stopped: [SessionRecord] = [
            .runStarted(start), .event(run: 3, .request(timeline)), .cancelled(run: 3, at: .seconds(2)),
        ]
        timeline.firstByte = .milliseconds(6)
        timeline.firstToken = .milliseconds(7)
        let answered: [SessionRecord] = [
            .runStarted(Sample.start(4, pane: 1, turn: 3, at: .seconds(9))), .event(run: 4, .request(timeline)),
            .event(run: 4, .token(ChatToken(text: "Lake", at: .milliseconds(7)))),
            .event(run: 4, .finished(.stop, at: .milliseconds(8))),
        ]
        let session = try Sample.session([.paneOpened(Sample.opening(1))] + stopped + answered)
        let turns = SessionReport(session).turns
        let labels = turns.map { FigureRow.rows(of: $0).map(\.label) }
        let steps = ["turned away, waiting", "name lookup, connect and TLS", "request sent to first byte"]
        #expect(labels[0].filter { steps.contains($0) || $0 == "first byte to first token" } == [])
        #expect(labels[1].filter { steps.contains($0) } == ["request sent to first byte"])
        #expect(!MarkdownExport(session).text.contains("| 0.00 ms"))
    }

    /// Each step of a request is played when it was done, not all at once.
    @Test func aRequestsStepsHaveTheirTimes() {
        var timeline = RequestTimeline()
        #expect(ChatEvent.request(timeline).time == nil)
        timeline.lookedUp = .milliseconds(3)
        #expect(ChatEvent.request(timeline).time == .milliseconds(3))
        timeline.firstToken = .milliseconds(40)
        #expect(ChatEvent.request(timeline).time == .milliseconds(40))
    }

    /// Six steps, and inside the longest wait what the server did: 8 of 8 ms, and 2 ms before that which don't fit.
    @Test func theWayOfTheRequestIsAChart() throws {
        let profile = try Self.session().panes[1].opening.profile
        var recorder = MetricsRecorder(profile: profile)
        recorder.record(.request(Sample.timeline))
        recorder.record(.server(Sample.report))
        let chart = try #require(Chart(requestOf: recorder.metrics, longest: .milliseconds(30)))
        let rows = [
            "waiting", "lookup", "connect", "TLS", "send", "first byte", "load", "prefill", "first token",
        ]
        #expect(chart.vertical.map(\.text) == rows)
        #expect(chart.vertical.map(\.at) == chart.vertical.map(\.at).sorted(by: >))
        let svg = chart.svg(label: "large")
        #expect(svg.matches(of: /class="bar"/).count == 7)
        #expect(svg.matches(of: /class="served"/).count == 2)
        #expect(
            chart.caption.hasPrefix("on a new connection; sent 2 times until it was taken; 30.0 ms to the first token"))
        let here = Metrics(loadDuration: .zero, contextAvailable: nil)
        #expect(Chart(requestOf: here, longest: .milliseconds(30)) == nil)
        #expect(HTMLExport(try Self.session()).text.contains("<h4>The way of the request</h4>"))
        #expect(!HTMLExport(try Sample.session(Array(Sample.records.prefix(8)))).text.contains("way of the request"))
    }
}
