/// A smaller model of the same vocabulary that reads along. Kept from one generation to the next, as its KV cache is.
final class DraftModel {
    let model: Model
    private let timeline: Timeline
    private let contextLength: Int
    /// Index in the text of the timeline's first token.
    private var start = 0

    /// Byte-pair vocabularies are in the order of their merges, the most frequent first: nearly everything that is
    /// said is in the first tokens, and the matrix for the others would be a third of what a guess has to read.
    private static let likelyTokens = 65_536
    /// Tokens it reads at a time at most to catch up; from a longer text it takes the end. Reading all of a long
    /// prompt would take longer than guesses save.
    static let longestReading = 48

    /// - Parameter target: the timeline of the model that it guesses for, whose workers compute both.
    /// - Throws: ``ModelError``, also if the vocabularies differ.
    init(model: Model, for target: Model, contextLength: Int, companion: Timeline) throws {
        guard model.tokenizer.hasSameVocabulary(as: target.tokenizer) else {
            throw ModelError.otherVocabulary(draft: model.path, target: target.path)
        }
        self.model = model
        self.contextLength = min(contextLength, model.shape.contextLength)
        timeline = try Timeline(
            model: model, contextLength: self.contextLength,
            logitCount: min(Self.likelyTokens, model.tokenizer.vocabularySize), companion: companion)
    }

    var cacheBytes: Int { timeline.cacheBytes }
    var scratchBytes: Int { timeline.scratchBytes }
    /// Logits that follow what was read last, of the likely tokens.
    var logits: UnsafeMutableBufferPointer<Float> { timeline.logits }

    /// Reads a text as far as it isn't known yet.
    /// - Parameter room: tokens that must fit in the context after it.
    /// - Returns: how many tokens were read; nil if the context is too short.
    /// - Throws: `CancellationError`; ``GGUFError`` if the file was cut short while mapped.
    func read(_ text: [TokenID], room: Int, cancellation: CancellationFlag) throws -> Int? {
        guard room < contextLength else { return nil }
        var known = start < text.count ? start + timeline.rewind(to: text[start...]) : 0
        if text.count - known > Self.longestReading || text.count - start + room > contextLength {
            start = max(0, text.count - min(Self.longestReading, contextLength - room))
            timeline.truncate(to: 0)
            known = start
        }
        guard text.count > known else { return nil }
        try timeline.append(text[known...], cancellation: cancellation)
        return text.count - known
    }

    /// Forgets what was read.
    func forget() {
        start = 0
        timeline.truncate(to: 0)
    }

    /// Goes on with a guess.
    func read(guess: TokenID, cancellation: CancellationFlag) throws {
        try timeline.append([guess], cancellation: cancellation)
    }
}
