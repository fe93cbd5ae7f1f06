import Chat
import TransportTestSupport

@testable import Backends

extension ScriptedServer.Reply {
    static let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"

    static func json(_ text: String, status: Int = 200, headers: [String: String] = [:]) -> ScriptedServer.Reply {
        ScriptedServer.Reply(
            status: status, headers: ["Content-Type": "application/json"].merging(headers) { $1 },
            body: Array(text.utf8))
    }

    /// A list with one model.
    static func models(_ id: String = "big", owner: String = "somebody") -> ScriptedServer.Reply {
        .json(#"{"object":"list","data":[{"id":"\#(id)","owned_by":"\#(owner)","context_length":4096}]}"#)
    }

    /// What a well-behaved server streams for these words.
    static func answer(_ words: [String], finish: String = "stop") -> ScriptedServer.Reply {
        .steps(.send(head + words.map { event($0) }.joined() + ending(finish)))
    }

    static func event(_ word: String) -> String {
        #"data: {"choices":[{"index":0,"delta":{"content":"\#(word)"}}]}"# + "\n\n"
    }

    static func ending(_ finish: String = "stop") -> String {
        #"data: {"choices":[{"index":0,"delta":{},"finish_reason":"\#(finish)"}]}"# + "\n\n"
            + #"data: {"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":3}}"# + "\n\ndata: [DONE]\n\n"
    }
}

extension ScriptedServer {
    /// A server that lists the model "big" and answers as the test says.
    static func openAI(
        owner: String = "somebody", _ answer: @escaping @Sendable (Request, Int) -> Reply
    ) throws -> ScriptedServer {
        try ScriptedServer { request, number in
            request.path.hasSuffix("/models") ? .models(owner: owner) : answer(request, number)
        }
    }

    /// An endpoint on this server whose patience is short.
    func endpoint(model: String? = "big", patience: Double = 0.4) throws -> OpenAIEndpoint {
        var endpoint = OpenAIEndpoint(url: try OpenAIURL(address), model: model)
        endpoint.timeouts = .init(connect: 5, firstToken: patience, betweenTokens: patience)
        endpoint.retries.firstPause = 0.01
        return endpoint
    }
}

/// What a run came to.
struct Outcome {
    var events: [ChatEvent] = []
    /// What was wrong; nil if the stream ended by itself.
    var error: (any Error)?

    var tokens: [ChatToken] { events.compactMap { if case .token(let token) = $0 { token } else { nil } } }
    var text: String { tokens.map(\.text).joined() }
    var notes: [String] { events.compactMap { if case .note(let note) = $0 { note } else { nil } } }
    var timeline: RequestTimeline? {
        events.reversed().lazy.compactMap { if case .request(let timeline) = $0 { timeline } else { nil } }.first
    }
    var finish: FinishReason? { if case .finished(let reason, _)? = events.last { reason } else { nil } }
    var complaint: String { error.map { "\($0)" } ?? "" }
}

extension ChatBackend {
    func outcome(of request: ChatRequest = .question) async -> Outcome {
        var outcome = Outcome()
        do {
            for try await event in respond(to: request) { outcome.events.append(event) }
        } catch {
            outcome.error = error
        }
        return outcome
    }
}

extension ChatRequest {
    static let question = ChatRequest(messages: [Message(role: .user, content: "Name a river.")], maximumTokens: 20)
}
