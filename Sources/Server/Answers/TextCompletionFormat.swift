import Chat

/// Answers as `POST /v1/completions` gives them.
struct TextCompletionFormat: AnswerFormat {
    var heading: AnswerHeading
    var listsLogprobs: Bool

    func opening() -> [any Encodable] { [] }

    func event(_ piece: AnswerReader.Piece) -> any Encodable {
        document(choices: [choice(piece.text, piece.tokens)])
    }

    func closing(_ finish: String, timings: Timings?) -> any Encodable {
        var document = document(choices: [choice("", [], finish: finish)])
        document.timings = timings
        return document
    }

    func usage(_ usage: Usage, timings: Timings) -> any Encodable {
        document(choices: [], usage: usage, timings: timings)
    }

    func document(_ answer: WholeAnswer) -> any Encodable {
        document(
            choices: [choice(answer.text, answer.tokens, finish: answer.finish)], usage: answer.usage,
            timings: answer.timings)
    }

    private func document(choices: [Document.Choice], usage: Usage? = nil, timings: Timings? = nil) -> Document {
        Document(
            id: heading.id, created: heading.created, model: heading.model, choices: choices, usage: usage,
            timings: timings)
    }

    private func choice(_ text: String, _ tokens: [ChatToken], finish: String? = nil) -> Document.Choice {
        Document.Choice(
            text: text, logprobs: Nullable(listsLogprobs && !tokens.isEmpty ? TextLogprobs(tokens) : nil),
            finishReason: Nullable(finish))
    }
}

extension TextCompletionFormat {
    /// The whole answer, or one event of it: both have the same shape.
    struct Document: Encodable {
        struct Choice: Encodable {
            var index = 0
            var text: String
            var logprobs: Nullable<TextLogprobs>
            var finishReason: Nullable<String>
        }

        var id: String
        var object = "text_completion"
        var created: Int
        var model: String
        var choices: [Choice]
        var usage: Usage?
        var timings: Timings?
    }
}
