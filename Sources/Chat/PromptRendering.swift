/// A backend that can show the prompt it makes of a request, token by token.
public protocol PromptRendering: ChatBackend {
    /// What the model would see. Computes nothing.
    /// - Throws: what ``ChatBackend/respond(to:)`` would throw for such a prompt.
    func renderPrompt(of request: ChatRequest) async throws -> RenderedPrompt
}

/// A prompt as a model sees it.
public struct RenderedPrompt: Sendable, Equatable, Codable {
    /// One token of the prompt.
    public struct Piece: Sendable, Equatable, Codable {
        public var id: Int
        /// The text that the token stands for; special tokens by their name, such as "<|im_start|>".
        public var text: String
        public var isSpecial: Bool

        public init(id: Int, text: String, isSpecial: Bool) {
            self.id = id
            self.text = text
            self.isSpecial = isSpecial
        }
    }

    /// All tokens, in order.
    public var pieces: [Piece]
    /// What isn't as one would think: no chat template, a prompt that doesn't fit.
    public var notes: [String]
    /// Tokens that fit in the context.
    public var contextLength: Int

    public init(pieces: [Piece], notes: [String], contextLength: Int) {
        self.pieces = pieces
        self.notes = notes
        self.contextLength = contextLength
    }
}
