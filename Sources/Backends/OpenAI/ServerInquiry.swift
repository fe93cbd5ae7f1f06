import Chat
import Foundation
import Transport

/// Finds out what a server has and what runs there, from its list of models.
struct ServerInquiry {
    let endpoint: OpenAIEndpoint
    let client: HTTPClient

    struct Answer {
        /// The server's name of the model.
        var name: String
        var software: ServerSoftware
        /// Nil where the server has no list.
        var model: ModelList.Model?
    }

    private var host: String { endpoint.url.origin.hostAndPort }

    /// - Throws: ``OpenAIError``, `CancellationError`.
    func ask(_ cancellation: Cancellation) throws -> Answer {
        let start = ContinuousClock.now
        var attempt = 1
        while true {
            let (head, body) = try list(cancellation)
            let header = head.headers["server"]
            switch head.status {
            case 200: return try answer(from: body, header: header)
            // Gateways needn't have a list.
            case 404, 405, 501: return try answer(without: header)
            default:
                let refusal = OpenAIError(refusal: head, body: body, endpoint: endpoint)
                guard let pause = pause(after: attempt, head, refusal, waited: (.now - start) / .seconds(1)) else {
                    throw refusal
                }
                try cancellation.sleep(seconds: pause)
                attempt += 1
            }
        }
    }

    private func list(_ cancellation: Cancellation) throws -> (HTTPResponse, [UInt8]) {
        var request = HTTPRequest(url: endpoint.url.call("models"), redirects: .refuse)
        request.authorize(with: endpoint.credential)
        do {
            return try client.response(to: request, cancellation: cancellation)
        } catch let error as TransportError {
            throw OpenAIError.transport(error)
        }
    }

    /// A server that is loading its model, as llama.cpp says it, will have it soon; others are asked again as the policy
    /// has it.
    private func pause(after attempt: Int, _ head: HTTPResponse, _ refusal: OpenAIError, waited: Double) -> Double? {
        if case .refused(_, 503, let message, _, _) = refusal, message.lowercased().contains("loading model") {
            return waited < endpoint.timeouts.firstToken ? 0.5 : nil
        }
        return endpoint.retries.pause(
            after: attempt, status: head.status, retryAfter: head.headers["retry-after"], now: Date(),
            jitter: Double.random(in: 0...1))
    }

    private func answer(without header: String?) throws -> Answer {
        guard let name = endpoint.model else { throw OpenAIError.needsModel(host: host, known: []) }
        return Answer(name: name, software: .detect(owner: nil, server: header))
    }

    private func answer(from body: [UInt8], header: String?) throws -> Answer {
        guard let list = try? ModelList(json: body) else {
            throw OpenAIError.malformed(
                host: host, expected: "a list of models at \(endpoint.url.call("models"))",
                found: Self.kind(of: body))
        }
        let known = list.data.map(\.id)
        guard let name = endpoint.model else {
            guard let only = list.data.first, list.data.count == 1 else {
                throw OpenAIError.needsModel(host: host, known: known)
            }
            return answer(only, header: header)
        }
        if let model = list.model(named: name) { return answer(model, header: header) }
        // An empty list says nothing about what the server would take.
        guard let first = list.data.first else { return try answer(without: header) }
        let found = answer(first, header: header)
        if found.software.ignoresModelName, list.data.count == 1 { return found }
        throw OpenAIError.unknownModel(
            name: name, host: host, closest: Self.closest(to: name, among: known), known: known)
    }

    private func answer(_ model: ModelList.Model, header: String?) -> Answer {
        Answer(name: model.id, software: .detect(owner: model.ownedBy, server: header), model: model)
    }

    /// The model whose name contains what was asked for, or is contained in it.
    private static func closest(to name: String, among known: [String]) -> String? {
        let name = name.lowercased()
        return known.first { $0.lowercased().contains(name) || name.contains($0.lowercased()) }
    }

    /// What a body is that isn't what it should be.
    static func kind(of body: [UInt8]) -> String {
        let text = AnswerReader.excerpt(String(decoding: body.prefix(400), as: UTF8.self))
        if text.isEmpty { return "nothing" }
        if text.hasPrefix("<") { return "a web page" }
        return "\"\(text.prefix(80))\""
    }
}

extension HTTPRequest {
    /// Adds the key, if it is one for this request's server.
    mutating func authorize(with credential: Credential?) {
        if let header = credential?.authorization(for: url) { headers.append(header) }
    }
}

extension OpenAIError {
    /// What a response that isn't success means.
    init(refusal head: HTTPResponse, body: [UInt8], endpoint: OpenAIEndpoint) {
        let host = endpoint.url.origin.hostAndPort
        if (300..<400).contains(head.status) {
            self = .redirected(host: host, to: head.redirect.map { Self.withoutQuery($0) })
            return
        }
        let chunk = try? CompletionChunk(json: body)
        var message = chunk?.error?.message ?? chunk?.detail ?? chunk?.message ?? ""
        if message.isEmpty, !body.isEmpty, chunk == nil { message = "it sent " + ServerInquiry.kind(of: body) }
        self = .refused(
            host: host, status: head.status, message: AnswerReader.excerpt(message),
            key: endpoint.credential.map { .check(source: $0.source) } ?? .name(reason: endpoint.keylessReason),
            retryAfter: head.headers["retry-after"])
    }

    private static func withoutQuery(_ url: String) -> String { String(url.prefix { $0 != "?" }) }
}
