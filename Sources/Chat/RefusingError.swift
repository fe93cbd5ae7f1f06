/// An error of a backend that may lie with what was asked, not with the model or the machine.
public protocol RefusingError: Error {
    /// What is wrong with the request; nil where nothing is.
    var refusal: Refusal? { get }
}

/// What is wrong with a request.
public enum Refusal: Sendable, Equatable {
    /// More tokens than fit: for a prompt, the context holds `limit`, of which the answer needs one.
    case tooLong(tokens: Int, limit: Int)
    /// Anything else, in one line that names no file of this machine.
    case unusable(String)
}
