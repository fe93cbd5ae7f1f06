import Chat
import InferenceCore

/// A sentence encoder in this process.
public final class LocalEncoder: TextEmbedding {
    public let profile: ModelProfile
    private let encoder: TextEncoder

    public var dimensions: Int { encoder.shape.embeddingLength }

    /// Opens a GGUF file or a Hugging Face folder. Blocks for the milliseconds this takes: call it on a thread of your own.
    /// - Parameter name: what the model is called on screen and in reports.
    /// - Throws: what `TextEncoder` throws: one line that says what is wrong and what to do.
    public init(path: String, name: String, runtime: Runtime) throws {
        let start = ContinuousClock.now
        encoder = try TextEncoder(path: path, runtime: runtime)
        profile = ModelProfile(
            name: name, architecture: encoder.architectureName, format: encoder.formatName,
            parameterCount: encoder.parameterCount, fileBytes: encoder.byteCount,
            contextLength: encoder.longestText, hasChatTemplate: false, loadDuration: .now - start,
            threads: runtime.threads)
    }

    /// Bytes that the weights hold in memory now.
    public func memoryUse() -> Int { encoder.residentBytes() }

    public func embed(_ text: String) async throws -> TextVector {
        let tokens = encoder.tokenizer.encode(text)
        guard tokens.count <= encoder.longestText else {
            throw TextTooLong(tokens: tokens.count, limit: encoder.longestText)
        }
        return TextVector(components: try await encoder.vector(of: tokens), tokens: tokens.count)
    }
}

/// A text has more tokens than the encoder reads.
public struct TextTooLong: RefusingError, Equatable, CustomStringConvertible {
    public let tokens: Int
    public let limit: Int

    public var refusal: Refusal? {
        .unusable("the text has \(tokens) tokens, the model reads \(limit); divide it")
    }

    public var description: String {
        "the text has \(tokens) tokens, the model reads \(limit); divide it"
    }
}
