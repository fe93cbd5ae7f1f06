/// What llama.cpp computes from the tiny models as `TinyModel(architecture)` writes them: 32-bit weights, so that an
/// engine with 16-bit keys and values agrees to about 0.002 and not only to the tolerance of quantized activations.
///
/// Recorded on a CPU through xllamacpp 2026.10.11549, with 32-bit keys and values and flash attention off (which makes
/// a difference of 0.004 here). A tiny model that changes needs a new recording.
public struct TinyReference: Sendable {
    public struct Tokenization: Sendable {
        public let text: String
        /// With what the model adds at the start; special tokens in the text are plain text.
        public let ids: [Int]
        /// Nothing added; special tokens in the text are parsed.
        public let idsWithSpecialTokens: [Int]
    }

    /// The distribution of the token after the first `count` of `ids`.
    public struct Step: Sendable {
        public let count: Int
        /// The ten most probable tokens and the natural logarithms of their probabilities.
        public let top: [Int: Float]
    }

    public let architecture: TinyModel.Architecture
    /// FNV-1a (64 bits) of the model's file.
    public let fingerprint: UInt64
    public let tokenizations: [Tokenization]
    /// A text longer than Gemma's window.
    public let ids: [Int]
    public let steps: [Step]

    public static let all: [TinyReference] = [llama, qwen2, gemma3]
}
