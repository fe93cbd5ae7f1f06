import InferenceCore

/// What makes vectors of passages and of questions: texts that mean alike have vectors that point alike.
public protocol PassageEncoder: Sendable {
    /// Components of a vector.
    var dimensions: Int { get }
    /// Tokens that it reads at most, those that begin and end a text among them.
    var longestText: Int { get }

    /// Tokens of a text, without those that begin and end it.
    func tokenCount(of text: String) -> Int

    /// Vectors of a length of 1, in the order of the texts. A text that is too long is cut.
    /// - Returns: [texts][dimensions]
    /// - Throws: an error that says what was wrong and what to do; `CancellationError` once the task is cancelled.
    func vectors(of texts: [String]) async throws -> [[Float]]
}

extension TextEncoder: PassageEncoder {
    public var dimensions: Int { shape.embeddingLength }

    public func tokenCount(of text: String) -> Int { tokenizer.encode(text, addSpecial: false).count }

    public func vectors(of texts: [String]) async throws -> [[Float]] {
        let vectors =
            texts.count == 1
            ? [try await vector(of: encode(texts[0]).tokens)] : try await vectors(of: texts.map { encode($0).tokens })
        return normalizesVectors ? vectors : vectors.map(\.normalized)
    }
}

extension [Float] {
    /// Scaled to a length of 1; a vector of zeros stays one.
    var normalized: [Float] {
        let length = reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
        return length > 0 ? map { Float(Double($0) / length) } : self
    }
}
