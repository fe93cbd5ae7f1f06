import Chat
import InferenceCore
import Machine

extension LocalBackend {
    /// Opens a model file once, with several conversations at a time: the weights are shared, each conversation has a
    /// context of its own. Blocks: call it on a thread of your own.
    /// - Parameters:
    ///   - sessions: how many; 1 or more.
    ///   - contextLength: tokens of prompt and answer together, for each; nil for the engine's default.
    /// - Throws: what ``open(path:name:runtime:contextLength:cacheFormat:template:energy:)`` throws.
    public static func open(
        path: String, name: String, runtime: Runtime, sessions: Int, contextLength: Int? = nil,
        cacheFormat: KVCacheFormat = .f16, template: ChatTemplate? = nil
    ) throws -> [LocalBackend] {
        let first = try open(
            path: path, name: name, runtime: runtime, contextLength: contextLength, cacheFormat: cacheFormat,
            template: template)
        let others = try (1..<max(1, sessions)).map { _ in
            LocalBackend(
                session: try Session(
                    model: first.model, contextLength: first.profile.contextLength, cacheFormat: cacheFormat),
                profile: first.profile, template: template, energy: EnergyCounter())
        }
        return [first] + others
    }

    /// Tokens of the longest context that the model was trained for.
    public var trainedContextLength: Int { model.shape.contextLength }
}
