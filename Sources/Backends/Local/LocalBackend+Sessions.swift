import Chat
import InferenceCore
import Machine

extension LocalBackend {
    /// Opens a model file once, with several conversations at a time: the weights are shared, each conversation has a
    /// context of its own. Blocks: call it on a thread of your own.
    /// - Parameters:
    ///   - sessions: how many; 1 or more.
    ///   - contextLength: tokens of prompt and answer together, for each; nil for the engine's default.
    /// - Throws: what ``open(path:name:runtime:contextLength:cacheFormat:template:price:energy:)`` throws.
    public static func open(
        path: String, name: String, runtime: Runtime, sessions: Int, contextLength: Int? = nil,
        cacheFormat: KVCacheFormat = .f16, template: ChatTemplate? = nil
    ) throws -> [LocalBackend] {
        let first = try open(
            path: path, name: name, runtime: runtime, contextLength: contextLength, cacheFormat: cacheFormat,
            template: template)
        try first.check(sessions: sessions, cacheFormat: cacheFormat)
        let others = try (1..<max(1, sessions)).map { _ in
            LocalBackend(
                session: try Session(
                    model: first.model, contextLength: first.session.contextLength, cacheFormat: cacheFormat),
                profile: first.profile, template: template, energy: EnergyCounter())
        }
        return [first] + others
    }

    /// Memory that is taken but not yet used looks free, so all contexts are counted at once.
    /// - Throws: `ModelError.tooLarge`.
    private func check(sessions: Int, cacheFormat: KVCacheFormat) throws(ModelError) {
        let one = model.estimatedBytes(contextLength: session.contextLength, cacheFormat: cacheFormat)
        let needed = one + (sessions - 1) * (one - model.byteCount)
        if let available = SystemMemory.available, needed > available {
            throw .tooLarge(path: model.path, needed: needed, available: available)
        }
    }

    /// Tokens of the longest context that the model was trained for.
    public var trainedContextLength: Int { model.shape.contextLength }
}
