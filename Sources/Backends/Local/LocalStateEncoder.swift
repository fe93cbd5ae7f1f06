import Chat
import InferenceCore

/// A decoder in this process whose first layers make vectors of texts.
public final class LocalStateEncoder: TextEmbedding {
    public let profile: ModelProfile
    /// How many of the model's layers are computed.
    public var depth: Int { encoder.depth }
    public var dimensions: Int { encoder.dimensions }
    private let encoder: StateEncoder

    /// Opens a GGUF file or a Hugging Face folder. Blocks for the milliseconds this takes: call it on a thread of your own.
    /// - Parameters:
    ///   - name: what the model is called on screen and in reports.
    ///   - depth: layers to compute; nil for half of them.
    /// - Throws: what `Model` and `StateEncoder` throw: one line that says what is wrong and what to do.
    public init(path: String, name: String, depth: Int? = nil, runtime: Runtime) throws {
        let start = ContinuousClock.now
        let model = try Model(path: path, runtime: runtime)
        encoder = try StateEncoder(model: model, depth: depth)
        profile = ModelProfile(
            name: "\(name), layer \(encoder.depth)", architecture: model.architectureName, format: model.formatName,
            parameterCount: model.parameterCount, fileBytes: model.byteCount, contextLength: encoder.longestText,
            hasChatTemplate: false, loadDuration: .now - start, threads: runtime.threads)
    }

    /// Bytes that the weights and the working space hold in memory now.
    public func memoryUse() -> Int { encoder.residentBytes() }

    public func embed(_ text: String) async throws -> TextVector {
        let (tokens, isCut) = encoder.encode(text)
        guard !isCut else {
            throw TextTooLong(tokens: encoder.model.tokenizer.encode(text).count, limit: encoder.longestText)
        }
        return TextVector(components: try await encoder.vector(of: tokens), tokens: tokens.count)
    }
}
