import Chat
import Foundation
import Transport

/// One request for an answer: sends it, again if the server says so, and turns what comes back into events. Lives on a
/// thread of its own.
final class AnswerTransfer {
    private let backend: OpenAIBackend
    private let request: ChatRequest
    private let start: ContinuousClock.Instant
    private let cancellation: Cancellation
    private let yield: (ChatEvent) -> Void

    private var timeline = RequestTimeline()
    private var parser = EventStreamParser()
    private var reader: AnswerReader
    /// The head of the response, and the body where it isn't a stream.
    private var head = HTTPResponse(status: 0)
    private var body: [UInt8] = []
    private var isStream = false
    private var hasEnded = false
    /// When the last byte and the last event came, by the clock of this machine.
    private var lastByte = ContinuousClock.now
    private var lastToken = ContinuousClock.now
    /// Once a server has said that it is done, it has this long to end the response.
    private static let grace = 0.25
    private static let longestBody = 16 << 20

    init(
        backend: OpenAIBackend, request: ChatRequest, start: ContinuousClock.Instant, cancellation: Cancellation,
        yield: @escaping (ChatEvent) -> Void
    ) {
        self.backend = backend
        self.request = request
        self.start = start
        self.cancellation = cancellation
        self.yield = yield
        reader = AnswerReader(host: backend.endpoint.url.origin.hostAndPort, hasLimit: request.maximumTokens != nil)
    }

    private var host: String { backend.endpoint.url.origin.hostAndPort }

    /// - Throws: ``OpenAIError``, `TransportError`, `CancellationError`.
    func run() throws {
        if case .tokens? = request.answerPrefix {
            throw OpenAIError.unsupported(host: host, what: "takes text, not tokens, to continue an answer")
        }
        if request.answerPrefix != nil, request.rendering == .chatTemplate, !backend.software.continuesAnswers {
            throw OpenAIError.unsupported(
                host: host,
                what: "isn't known to continue an answer that has begun: llama.cpp, vLLM and diptych serve do")
        }
        yield(.request(timeline))
        for note in CompletionRequest.omissions(request, software: backend.software) { yield(.note(note)) }
        while true {
            let findings = backend.findings.withLock { $0 }
            let completion = CompletionRequest(
                request, model: backend.model, style: backend.endpoint.style, software: backend.software,
                without: findings.rejected, lengthField: findings.lengthField)
            try send(completion)
            if head.status == 200 { return }
            try prepareNextAttempt(completion)
        }
    }

    // MARK: - Asking

    private func send(_ completion: CompletionRequest) throws {
        head = HTTPResponse(status: 0)
        body = []
        isStream = false
        parser = EventStreamParser()
        var http = HTTPRequest(
            url: backend.endpoint.url.call(completion.path),
            headers: [("Content-Type", "application/json"), ("Accept", "text/event-stream, application/json")],
            body: completion.json, redirects: .refuse)
        http.authorize(with: backend.endpoint.credential)
        let attemptStart = ContinuousClock.now
        (lastByte, lastToken) = (attemptStart, attemptStart)
        timeline.begin(at: attemptStart - start)
        yield(.request(timeline))
        do {
            try backend.client.perform(
                http, cancellation: cancellation,
                patience: { [unowned self] in patience($0) },
                progress: { [unowned self] timings in
                    timeline.take(timings, attemptStart: attemptStart - start)
                    if timings.firstByte != nil { lastByte = .now }
                    yield(.request(timeline))
                },
                begin: { [unowned self] in begin($0) },
                receive: { [unowned self] in try receive($0) })
        } catch let error as TransportError where hasEnded && error.cause == .timedOut {
            // The answer was whole; only the response didn't end.
            return
        }
        if head.status == 200 { try finish() }
    }

    /// How long the server may take for what comes next.
    private func patience(_ timings: HTTPTimings) -> Patience {
        let now = ContinuousClock.now
        let timeouts = backend.endpoint.timeouts
        if hasEnded { return Patience(seconds: Self.grace - (now - lastByte) / .seconds(1), complaint: "") }
        let limit = reader.hasTokens ? timeouts.betweenTokens : timeouts.firstToken
        let silence = limit - (now - lastByte) / .seconds(1)
        // Signs of life buy time, but not for ever.
        let fruitless = limit * 5 - (now - lastToken) / .seconds(1)
        let what = timings.firstByte == nil ? "first byte" : reader.hasTokens ? "next token" : "first token"
        return Patience(
            seconds: min(silence, fruitless),
            complaint: "no \(what) within \(Int((silence < fruitless ? limit : limit * 5).rounded(.up))) s")
    }

    /// Decides what becomes of a request that was turned away.
    private func prepareNextAttempt(_ completion: CompletionRequest) throws {
        let refusal = OpenAIError(refusal: head, body: body, endpoint: backend.endpoint)
        if head.status == 400 || head.status == 422, case .refused(_, _, let message, _, _) = refusal,
            let remedy = completion.remedy(for: message)
        {
            apply(remedy)
            return
        }
        let pause = backend.endpoint.retries.pause(
            after: timeline.attempts, status: head.status, retryAfter: head.headers["retry-after"], now: Date(),
            jitter: Double.random(in: 0...1))
        guard let pause else { throw refusal }
        yield(.note("\(host) turned the request away (HTTP status \(head.status)); again in \(Self.text(pause)) s"))
        let attempts = timeline.attempts + 1
        timeline = RequestTimeline()
        timeline.attempts = attempts
        yield(.request(timeline))
        try cancellation.sleep(seconds: pause)
    }

    private func apply(_ remedy: CompletionRequest.Remedy) {
        switch remedy {
        case .without(let option):
            backend.findings.withLock { _ = $0.rejected.insert(option) }
            yield(.note(option.note))
        case .length(let field): backend.findings.withLock { $0.lengthField = field }
        }
    }

    private static func text(_ seconds: Double) -> String {
        seconds >= 9.95 ? "\(Int(seconds.rounded()))" : "\((seconds * 10).rounded() / 10)"
    }

    // MARK: - Reading

    private func begin(_ response: HTTPResponse) {
        head = response
        let type = response.headers["content-type"]?.lowercased() ?? ""
        isStream = response.status == 200 && type.hasPrefix("text/event-stream")
    }

    private func receive(_ bytes: UnsafeRawBufferPointer) throws {
        lastByte = .now
        guard isStream else {
            guard body.count + bytes.count <= Self.longestBody else {
                throw OpenAIError.malformed(host: host, expected: "an answer", found: "more than 16 MB")
            }
            body += bytes
            // A server that streams under another name shows it at once.
            if head.status == 200, Self.looksLikeStream(body) {
                isStream = true
                let held = body
                body = []
                try read(held)
            }
            return
        }
        try read(bytes)
    }

    private static func looksLikeStream(_ body: [UInt8]) -> Bool {
        ["data:", "event:", ": "].contains { body.starts(with: Array($0.utf8)) }
    }

    private func read(_ bytes: some Sequence<UInt8>) throws {
        let outputs: [EventStreamParser.Output]
        do {
            outputs = try parser.append(bytes)
        } catch {
            throw OpenAIError.malformed(host: host, expected: "events", found: error.description)
        }
        try take(outputs)
    }

    private func take(_ outputs: [EventStreamParser.Output]) throws {
        for case .event(let event) in outputs where !hasEnded {
            let now = ContinuousClock.now
            lastToken = now
            pass(on: try reader.take(event.data, at: now - start))
            if reader.isComplete { try end() }
        }
    }

    private func pass(on events: [ChatEvent]) {
        for event in events {
            if case .token(let token) = event, timeline.firstToken == nil {
                timeline.firstToken = token.at
                yield(.request(timeline))
            }
            yield(event)
        }
    }

    /// Says that the answer is whole.
    private func end() throws {
        pass(on: try reader.end(at: ContinuousClock.now - start))
        hasEnded = true
    }

    /// The response has ended.
    private func finish() throws {
        if isStream {
            try take(parser.finish())
            if !hasEnded { try end() }
            return
        }
        // A server that doesn't stream, or something else that answers.
        guard let answer = try? CompletionChunk(json: body), answer.choices != nil || answer.error != nil else {
            throw OpenAIError.malformed(host: host, expected: "a stream of events", found: ServerInquiry.kind(of: body))
        }
        yield(.note("\(host) doesn't stream: the answer came whole, so there are no times of tokens"))
        pass(on: try reader.take(answer, at: ContinuousClock.now - start))
        try end()
    }
}

extension RequestTimeline {
    /// A new attempt starts: what the last one's connection took is over.
    fileprivate mutating func begin(at time: Duration) {
        let attempts = attempts
        self = RequestTimeline()
        self.attempts = attempts
        // Only what was turned away before makes a wait of it.
        started = attempts > 1 ? time : .zero
    }

    fileprivate mutating func take(_ timings: HTTPTimings, attemptStart: Duration) {
        lookedUp = timings.lookedUp.map { attemptStart + $0 }
        connected = timings.connected.map { attemptStart + $0 }
        secured = timings.secured.map { attemptStart + $0 }
        sent = timings.sent.map { attemptStart + $0 }
        firstByte = timings.firstByte.map { attemptStart + $0 }
        reusedConnection = timings.reusedConnection
        httpVersion = timings.version
    }
}
