/// What a model makes of each place of a text, kept to hold other models against it.
public final class TextLogits: Sendable {
    /// How the model itself sees the tokens, in order.
    public let scores: [TokenScore]
    /// Bytes that are held.
    public var byteCount: Int { rows.byteCount }

    /// [scores][width]
    let rows: AlignedBuffer<Float>
    /// Logits of a place: the model's vocabulary.
    let width: Int
    let tokenizer: Tokenizer
    let path: String

    init(scores: [TokenScore], rows: AlignedBuffer<Float>, width: Int, of model: Model) {
        self.scores = scores
        self.rows = rows
        self.width = width
        tokenizer = model.tokenizer
        path = model.path
    }

    func row(_ index: Int) -> UnsafeBufferPointer<Float> {
        UnsafeBufferPointer(start: rows.pointer + index * width, count: width)
    }
}

extension Session {
    /// Leads the model through a text (teacher forcing) and keeps its logits at each place from `first` on, which are
    /// those that ``perplexity(of:chunkLength:progress:)`` goes by. The session's conversation is replaced.
    /// - Parameters:
    ///   - text: no longer than the context.
    ///   - first: the last token of which nothing is asked; at least 0.
    /// - Returns: what is known of the tokens behind `first`, one place each.
    /// - Throws: ``ModelError`` for a text that doesn't fit, or where memory doesn't suffice; ``GGUFError`` if the file was
    ///   cut short while mapped; `CancellationError` when the task is cancelled.
    public func logits(throughout text: [TokenID], from first: Int) async throws -> TextLogits {
        let places = try placeCount(of: text, from: first)
        let width = model.shape.vocabularySize
        let rows = try AlignedBuffer<Float>(count: places * width, purpose: "the logits of a text")
        let scores = try await scores(of: text, from: first) { place, logits in
            (rows.pointer + place * width).update(from: logits, count: width)
            return nil
        }
        return TextLogits(scores: scores, rows: rows, width: width, of: model)
    }

    /// Leads the model through a text as another one was led through it.
    /// - Parameters:
    ///   - text: the same as the other one's.
    ///   - leader: what the other model made of it: each score carries the divergence from that.
    /// - Returns: one score for each token behind `first`.
    /// - Throws: as ``logits(throughout:from:)``, and ``ModelError/incomparable(path:leader:)`` for another vocabulary.
    public func scores(
        of text: [TokenID], from first: Int, against leader: TextLogits
    ) async throws -> [TokenScore] {
        guard leader.tokenizer.hasSameVocabulary(as: model.tokenizer),
            leader.scores.count == (try placeCount(of: text, from: first))
        else { throw ModelError.incomparable(path: model.path, leader: leader.path) }
        return try await scores(of: text, from: first) { place, _ in leader.row(place) }
    }

    private func placeCount(of text: [TokenID], from first: Int) throws(ModelError) -> Int {
        guard text.count <= contextLength else {
            throw .answerTooLong(tokens: text.count, contextLength: contextLength)
        }
        guard first >= 0, first < text.count - 1 else { throw .textTooShort(tokens: text.count, needed: first + 2) }
        for token in text where token < 0 || token >= model.shape.vocabularySize {
            throw .unknownToken(token, vocabularySize: model.shape.vocabularySize)
        }
        return text.count - 1 - first
    }

    /// - Parameter reference: is given each place's logits and gives those that they are held against.
    private func scores(
        of text: [TokenID], from first: Int,
        reference: @escaping @Sendable (Int, UnsafeMutablePointer<Float>) -> UnsafeBufferPointer<Float>?
    ) async throws -> [TokenScore] {
        let cancellation = CancellationFlag()
        return try await withTaskCancellationHandler {
            try await perform { [self] timeline in
                var scorer = TokenScorer()
                var scores: [TokenScore] = []
                try timeline.pass(through: text, from: first, cancellation) { position, logits in
                    guard let base = logits.baseAddress else { return }
                    let held = reference(position - first, base)
                    scores.append(scorer.score(text[position + 1], by: logits, reference: held))
                }
                accountMemory()
                return scores
            }
        } onCancel: {
            cancellation.raise()
        }
    }
}

extension Timeline {
    /// Logits of a whole vocabulary that are held at a time.
    private static let logitsAtOnce = 32

    /// Computes a text anew.
    /// - Parameters:
    ///   - first: the first position whose logits are wanted; the last token's aren't.
    ///   - body: is given each position from `first` on with the logits that follow it, [vocabulary].
    func pass(
        through text: [TokenID], from first: Int, _ cancellation: CancellationFlag,
        _ body: (_ position: Int, _ logits: UnsafeMutableBufferPointer<Float>) throws -> Void
    ) throws {
        truncate(to: 0)
        let rows = min(Self.logitsAtOnce, widestPass)
        try reserve(logitRows: rows)
        try append(text[..<first], cancellation: cancellation)
        for start in stride(from: first, to: text.count - 1, by: rows) {
            let end = min(start + rows, text.count - 1)
            try append(text[start..<end], logitRows: end - start, cancellation: cancellation)
            for position in start..<end { try body(position, logits(row: position - start)) }
        }
    }
}
