/// What stands above an encoder for a task: a classifier of the text or of each token, or of where an answer begins and
/// ends.
struct EncoderHead: Sendable {
    enum Activation: Sendable {
        case tanh
        case relu
    }

    /// What the first token's state goes through before the classifier of a text.
    let dense: Linear?
    let activation: Activation
    /// [labels][embedding]
    let classifier: Linear?
    /// [2][embedding]: scores of a token as the beginning and the end of the answer.
    let span: Linear?
}
