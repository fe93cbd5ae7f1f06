import Chat
import InferenceCore

extension ModelError: RefusingError {
    public var refusal: Refusal? {
        switch self {
        case .promptTooLong(let tokens, let contextLength): .tooLong(tokens: tokens, limit: contextLength)
        case .emptyPrompt, .unknownToken: .unusable(description)
        default: nil
        }
    }
}

extension PromptError: RefusingError {
    /// Templates refuse, for example, two messages of the same role in a row.
    public var refusal: Refusal? {
        reason.kind == .raised ? .unusable("\(reason)") : nil
    }
}

extension ConstraintError: RefusingError {
    public var refusal: Refusal? {
        switch self {
        // These name a file, or lie with the machine.
        case .otherVocabulary, .noThread: nil
        default: .unusable(description)
        }
    }
}
