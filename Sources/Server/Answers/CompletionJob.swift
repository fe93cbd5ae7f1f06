import Chat

/// One answer that a client wants, whichever of the protocol's two shapes it has.
struct CompletionJob: Sendable {
    /// The name of the model; nil where the client names none.
    var model: String?
    var request: ChatRequest
    /// The answer ends before the first of these.
    var stops: [String] = []
    /// Whether the answer is sent as it comes.
    var streams = false
    /// Whether what it took is sent behind a streamed answer.
    var includesUsage = false
    /// Whether the tokens are listed, with their probabilities.
    var listsLogprobs = false
    /// Text that stands before the answer.
    var echo = ""

    /// The conversation as one text, which two conversations share as far as their prompts do.
    var conversation: [UInt8] {
        var text: [UInt8] = []
        for message in request.messages {
            text += message.role.rawValue.utf8
            text.append(0)
            text += message.content.utf8
            text.append(0)
        }
        if case .text(let prefix) = request.answerPrefix { text += "assistant\0\(prefix)".utf8 }
        return text
    }
}
