import Chat

/// Answers as `POST /v1/chat/completions` gives them.
struct ChatCompletionFormat: AnswerFormat {
    var heading: AnswerHeading
    var listsLogprobs: Bool

    func opening() -> [any Encodable] {
        [chunk(Delta(role: "assistant", content: ""))]
    }

    func event(_ piece: AnswerReader.Piece) -> any Encodable {
        chunk(Delta(content: piece.text), tokens: piece.tokens)
    }

    func closing(_ finish: String, timings: Timings?) -> any Encodable {
        chunk(Delta(), finish: finish, timings: timings)
    }

    func usage(_ usage: Usage, timings: Timings) -> any Encodable {
        Chunk(heading, choices: [], usage: usage, timings: timings)
    }

    func document(_ answer: WholeAnswer) -> any Encodable {
        Document(
            heading,
            choice: Document.Choice(
                message: Document.Message(content: answer.text), logprobs: Nullable(logprobs(answer.tokens)),
                finishReason: answer.finish),
            usage: answer.usage, timings: answer.timings)
    }

    private func chunk(
        _ delta: Delta, tokens: [ChatToken] = [], finish: String? = nil, timings: Timings? = nil
    ) -> Chunk {
        let choice = Chunk.Choice(
            delta: delta, logprobs: Nullable(tokens.isEmpty ? nil : logprobs(tokens)), finishReason: Nullable(finish))
        return Chunk(heading, choices: [choice], timings: timings)
    }

    private func logprobs(_ tokens: [ChatToken]) -> ChatLogprobs? {
        listsLogprobs ? ChatLogprobs(tokens) : nil
    }
}

extension ChatCompletionFormat {
    /// What a chunk adds to the message.
    struct Delta: Encodable {
        var role: String?
        var content: String?
    }

    struct Chunk: Encodable {
        struct Choice: Encodable {
            var index = 0
            var delta: Delta
            var logprobs: Nullable<ChatLogprobs>
            var finishReason: Nullable<String>
        }

        var id: String
        var object = "chat.completion.chunk"
        var created: Int
        var model: String
        var choices: [Choice]
        var usage: Usage?
        var timings: Timings?

        init(_ heading: AnswerHeading, choices: [Choice], usage: Usage? = nil, timings: Timings? = nil) {
            (id, created, model) = (heading.id, heading.created, heading.model)
            (self.choices, self.usage, self.timings) = (choices, usage, timings)
        }
    }

    struct Document: Encodable {
        struct Message: Encodable {
            var role = "assistant"
            var content: String
            var refusal = Nullable<String>(nil)
        }

        struct Choice: Encodable {
            var index = 0
            var message: Message
            var logprobs: Nullable<ChatLogprobs>
            var finishReason: String
        }

        var id: String
        var object = "chat.completion"
        var created: Int
        var model: String
        var choices: [Choice]
        var usage: Usage
        var timings: Timings

        init(_ heading: AnswerHeading, choice: Choice, usage: Usage, timings: Timings) {
            (id, created, model) = (heading.id, heading.created, heading.model)
            choices = [choice]
            (self.usage, self.timings) = (usage, timings)
        }
    }
}
