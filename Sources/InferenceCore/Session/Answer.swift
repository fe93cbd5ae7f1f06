/// What a generation has said so far: chooses its tokens, makes text of them, and knows when it ends.
struct Answer {
    private let model: Model
    private let options: GenerationOptions
    private let contextLength: Int
    private var sampler: Sampler
    private var matcher: ConstraintMatcher?
    private var detokenizer: StreamingDetokenizer
    private var generated = 0
    /// Passes of the model that tokens were taken from.
    private(set) var passes = 0
    /// Prompt and answer.
    private(set) var sequence: [TokenID]
    /// Why it ended, once it has.
    private(set) var end: GenerationEnd?

    /// - Throws: ``ConstraintError`` where the options' constraint isn't for this model, or the answer's beginning breaks
    ///   it.
    init(
        _ model: Model, _ options: GenerationOptions, prompt: [TokenID], contextLength: Int
    ) throws(ConstraintError) {
        self.model = model
        self.options = options
        self.contextLength = contextLength
        sampler = Sampler(options.sampling, prompt: prompt)
        detokenizer = StreamingDetokenizer(tokenizer: model.tokenizer)
        // A prompt may end within a character, which the first tokens then complete.
        for token in prompt.suffix(StreamingDetokenizer.longestUnfinished) { _ = detokenizer.append(token) }
        sequence = prompt
        matcher = try options.constraint?.matcher(
            for: model, after: options.answerPrefix, endsAnswer: !options.ignoresEndOfGeneration)
        if let matcher, !matcher.canContinue { end = .endOfGeneration }
    }

    /// The guesses up to the first that the constraint forbids.
    func allowed(_ drafted: [TokenID]) -> [TokenID] {
        guard var matcher else { return drafted }
        return Array(drafted.prefix { matcher.advance($0) })
    }

    /// The token that the next pass begins with.
    var last: TokenID { sequence[sequence.count - 1] }

    /// Guesses that the next pass can check: as many as fit in a pass, in the context and in the answer.
    func room(in timeline: Timeline) -> Int {
        let inPass = min(Speculator.widestPass, timeline.widestPass) - 1
        let inContext = contextLength - sequence.count - 1
        let inAnswer = options.maximumTokens.map { $0 - generated - 1 } ?? inPass
        return max(0, min(inPass, inContext, inAnswer))
    }

    /// Takes tokens from a pass, up to and with the first that wasn't guessed or that ends the answer; the timeline
    /// forgets the guesses that weren't taken.
    /// - Parameter drafted: the guesses that the pass checked, in its last rows.
    /// - Returns: how many of the guesses were right.
    /// - Throws: ``ConstraintError/noToken``.
    mutating func take(
        _ timeline: Timeline, drafted: [TokenID], _ yield: (GenerationEvent) -> Void
    ) throws(ConstraintError) -> Int {
        passes += 1
        var accepted = 0
        for row in 0...drafted.count {
            let choice = try choose(timeline.logits(row: row))
            let isDrafted = row < drafted.count && choice.id == drafted[row]
            take(choice, isDrafted: isDrafted, yield)
            if isDrafted { accepted += 1 }
            if !isDrafted || end != nil { break }
        }
        // The last token that was taken is the next pass's first.
        timeline.truncate(to: sequence.count - 1)
        return accepted
    }

    private mutating func choose(_ logits: UnsafeMutableBufferPointer<Float>) throws(ConstraintError) -> TokenChoice {
        guard let matcher else { return sampler.choose(logits, topLogprobs: options.topLogprobs) }
        let choice = try sampler.choose(logits, topLogprobs: options.topLogprobs, allowedBy: matcher)
        _ = self.matcher?.advance(choice.id)
        return choice
    }

    private mutating func take(_ choice: TokenChoice, isDrafted: Bool, _ yield: (GenerationEvent) -> Void) {
        var token = GeneratedToken(
            id: choice.id, text: "", logprob: choice.logprob, entropy: choice.entropy, top: choice.top, instant: .now)
        token.isDrafted = isDrafted
        token.text = detokenizer.append(token.id)
        generated += 1
        end = end(after: token.id)
        sequence.append(token.id)
        if end != nil { token.text += detokenizer.finish() }
        yield(.token(token))
    }

    private func end(after token: TokenID) -> GenerationEnd? {
        if !options.ignoresEndOfGeneration, model.tokenizer.endOfGeneration.contains(token) { return .endOfGeneration }
        if let matcher, !matcher.canContinue, matcher.isComplete { return .endOfGeneration }
        if generated == options.maximumTokens { return .maximumTokens }
        return sequence.count + 1 >= contextLength ? .contextFull : nil
    }
}
