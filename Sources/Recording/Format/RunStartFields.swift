import Chat
import Foundation

/// A ``RunStart`` as its line has it.
struct RunStartFields: Codable {
    enum Rendering: String, Codable {
        case chatTemplate = "chat_template"
        case raw
    }

    var run: Count
    var pane: Count
    var turn: Count
    var purpose: RunStart.Purpose
    var started: Date
    var atUs: Microseconds
    var prompt: String
    var messages: [Message]
    /// Of an answer that begins with text.
    var answerPrefix: String?
    /// Of an answer that begins with tokens.
    var answerPrefixIds: [Int]?
    var sampling: SamplingOptions
    var maximumTokens: Count?
    var rendering: Rendering
    var topLogprobs: Count
    var speculation: SpeculationMode
    var usesCache: Bool
    var concurrent: Bool

    init(_ start: RunStart) {
        run = Count(start.run)
        pane = Count(start.pane)
        turn = Count(start.turn)
        purpose = start.purpose
        started = start.started
        atUs = Microseconds(start.at)
        prompt = start.prompt
        concurrent = start.isConcurrent
        let request = start.request
        messages = request.messages
        switch request.answerPrefix {
        case .text(let text): answerPrefix = text
        case .tokens(let ids): answerPrefixIds = ids
        case nil: break
        }
        sampling = request.sampling
        maximumTokens = request.maximumTokens.map { Count($0) }
        rendering =
            switch request.rendering {
            case .chatTemplate: .chatTemplate
            case .raw: .raw
            }
        topLogprobs = Count(request.topLogprobs)
        speculation = request.speculation
        usesCache = request.usesCache
    }

    var start: RunStart {
        let prefix = answerPrefixIds.map { AnswerText.tokens($0) } ?? answerPrefix.map { AnswerText.text($0) }
        let rendering: ChatRequest.Rendering =
            switch rendering {
            case .chatTemplate: .chatTemplate
            case .raw: .raw
            }
        return RunStart(
            run: run.value, pane: pane.value, turn: turn.value, purpose: purpose, prompt: prompt,
            request: ChatRequest(
                messages: messages, sampling: sampling, maximumTokens: maximumTokens?.value, rendering: rendering,
                topLogprobs: topLogprobs.value, speculation: speculation, answerPrefix: prefix, usesCache: usesCache),
            isConcurrent: concurrent, started: started, at: atUs.duration)
    }
}
