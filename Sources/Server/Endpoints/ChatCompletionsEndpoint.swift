extension Route {
    /// `POST /v1/chat/completions`: the answer to a conversation.
    static let chatCompletions = Route(method: "POST", path: "/chat/completions") { request, service, exchange in
        let job = try ChatCompletionRequest(body: request.body).job(randomSeed: .random(in: 0 ... .max))
        try await service.answer(job, through: exchange) { model in
            ChatCompletionFormat(
                heading: AnswerHeading(prefix: "chatcmpl-", model: model), listsLogprobs: job.listsLogprobs)
        }
    }
}
