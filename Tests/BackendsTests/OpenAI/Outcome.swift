import Chat
import TransportTestSupport

@testable import Backends

extension ScriptedServer {
    /// An endpoint on this server; `patience` is in seconds.
    func endpoint(model: String? = "big", patience: Double = 60) throws -> OpenAIEndpoint {
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
