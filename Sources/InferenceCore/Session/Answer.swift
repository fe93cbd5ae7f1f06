/// What a generation has said so far: chooses its tokens, makes text of them, and knows when it ends.
struct Answer {
    private let model: Model
    private let options: GenerationOptions
    private let contextLength: Int
    private var sampler: Sampler
    private var detokenizer: StreamingDetokenizer
    private var generated = 0
    /// Passes of the model that tokens were taken from.
    private(set) var passes = 0
    /// Prompt and answer.
    private(set) var sequence: [TokenID]
    /// Why it ended, once it has.
    private(set) var end: GenerationEnd?

    init(_ model: Model, _ options: GenerationOptions, prompt: [TokenID], contextLength: Int) {
        self.model = model
        self.options = options
        self.contextLength = contextLength
        sampler = Sampler(options.sampling, prompt: prompt)
        detokenizer = StreamingDetokenizer(tokenizer: model.tokenizer)
        // A prompt may end within a character, which the first tokens then complete.
        for token in prompt.suffix(StreamingDetokenizer.longestUnfinished) { _ = detokenizer.append(token) }
        sequence = prompt
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
    mutating func take(_ timeline: Timeline, drafted: [TokenID], _ yield: (GenerationEvent) -> Void) -> Int {
        passes += 1
        var accepted = 0
        for row in 0...drafted.count {
            let choice = sampler.choose(timeline.logits(row: row), topLogprobs: options.topLogprobs)
            let isDrafted = row < drafted.count && choice.id == drafted[row]
            take(choice, isDrafted: isDrafted, yield)
            if isDrafted { accepted += 1 }
            if !isDrafted || end != nil { break }
        }
        // The last token that was taken is the next pass's first.
        timeline.truncate(to: sequence.count - 1)
        return accepted
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
        if generated == options.maximumTokens { return .maximumTokens }
        return sequence.count + 1 >= contextLength ? .contextFull : nil
    }
}
