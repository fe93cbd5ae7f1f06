import Chat
import Evaluation

/// Takes records out of texts by asking a model whose answers can only be such records. Nothing is drawn at random: the
/// same text always gives the same record, byte for byte; guesses, which are checked several at once, change its time alone.
public final class ConstrainedExtractor: Solver {
    public let profile: SolverProfile
    private let task: ExtractionTask
    private let model: any ChatBackend

    public init(_ model: any ChatBackend, task: ExtractionTask, profile: SolverProfile) {
        self.model = model
        self.task = task
        self.profile = profile
    }

    /// - Returns: the record in its canonical form. One that isn't of the schema, as a server may give that knows nothing
    ///   of schemas, is an answer like any other.
    /// - Throws: ``ExtractionFailure`` for an answer that was cut off or isn't JSON, and what the model throws.
    public func solve(_ example: Example) async throws -> Solution {
        var request = task.request(for: example.text, to: model.profile)
        request.maximumTokens = task.maximumTokens
        request.constraint = .jsonSchema(task.schema.text)
        // Values are copied out of the text, so that what the prompt said before is a good guess.
        request.speculation = .lookup
        let answer = try await ModelAnswer(of: model, to: request)
        if let failure = ExtractionFailure(
            answer.finish, tokens: answer.metrics.generatedTokens, limit: task.maximumTokens)
        {
            throw failure
        }
        guard let record = try? RecordValue(json: answer.text) else {
            throw ExtractionFailure.noJSON(answer.text.beginning(60))
        }
        return answer.solution(record.canonicalText)
    }

    public func memoryUse() -> Int? { model.memoryUse()?.total }
}

/// An answer that is no record. Other texts may go well.
public enum ExtractionFailure: RefusingError, Equatable, CustomStringConvertible {
    /// The most tokens that an answer may have weren't enough.
    case tooLong(tokens: Int)
    /// The context was full before the record was whole.
    case contextFull(answerTokens: Int)
    case refused
    /// The answer ended without an end.
    case broken
    /// The beginning of what came.
    case noJSON(String)

    /// Nil for an answer that the model ended itself.
    init?(_ reason: FinishReason?, tokens: Int, limit: Int) {
        switch reason {
        case .stop: return nil
        case .length: self = .tooLong(tokens: tokens > 0 ? tokens : limit)
        case .contextFull: self = .contextFull(answerTokens: tokens)
        case .refusal: self = .refused
        case .toolCall, .cancelled, nil: self = .broken
        }
    }

    public var description: String {
        switch self {
        case .tooLong(let tokens):
            "the answer was cut off after \(tokens) tokens, the most that it may have; allow more with --max-tokens"
        case .contextFull(let tokens):
            "the context was full after \(tokens) tokens of the answer; give more with --context, or a shorter text"
        case .refused: "the model refuses to answer"
        case .broken: "the answer broke off"
        case .noJSON(let text): "expected JSON, found '\(text)'"
        }
    }

    public var refusal: Refusal? { .unusable(description) }
}
