extension Route {
    /// `POST /v1/completions`: what follows a text, without a chat template.
    static let completions = Route(method: "POST", path: "/completions") { request, service, exchange in
        let job = try WireJSON.decode(TextCompletionRequest.self, from: request.body).job(
            randomSeed: .random(in: 0 ... .max))
        try await service.answer(job, through: exchange) { model in
            TextCompletionFormat(
                heading: AnswerHeading(prefix: "cmpl-", model: model), listsLogprobs: job.listsLogprobs)
        }
    }
}
