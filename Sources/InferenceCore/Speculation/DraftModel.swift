/// Guesses what a smaller model of the same vocabulary would say, as long as that model is fairly sure.
final class DraftModel: Drafter {
    /// A guess less likely than this in the smaller model's own eyes isn't worth checking.
    private static let leastProbability = 0.4

    let model: Model
    private let timeline: Timeline
    private let contextLength: Int

    /// - Throws: ``ModelError``, also if the vocabularies differ.
    init(model: Model, for target: Model, contextLength: Int) throws {
        guard model.tokenizer.hasSameVocabulary(as: target.tokenizer) else {
            throw ModelError.otherVocabulary(draft: model.file.path, target: target.file.path)
        }
        self.model = model
        self.contextLength = min(contextLength, model.shape.contextLength)
        timeline = try Timeline(model: model, contextLength: self.contextLength)
    }

    var cacheBytes: Int { timeline.cacheBytes }
    var scratchBytes: Int { timeline.scratchBytes }

    func draft(after tokens: [TokenID], limit: Int, cancellation: CancellationFlag) throws -> [TokenID] {
        guard tokens.count + limit <= contextLength else { return [] }
        var sampler = Sampler(SamplingParameters(), prompt: [])
        let cached = timeline.rewind(to: tokens)
        try timeline.append(tokens[cached...], cancellation: cancellation)
        var guesses: [TokenID] = []
        while true {
            let choice = sampler.choose(timeline.logits)
            guard exponential(choice.logprob) >= Self.leastProbability else { return guesses }
            guesses.append(choice.id)
            if guesses.count == limit { return guesses }
            try timeline.append([choice.id], cancellation: cancellation)
        }
    }
}
