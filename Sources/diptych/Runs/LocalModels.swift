import Backends
import Chat
import Configuration
import InferenceCore
import ModelLibrary

/// Finds models and opens them in this process. The models of one command share its workers.
struct LocalModels: Sendable {
    private let runtime: Runtime
    private let contextLength: Int?
    private let cacheFormat: KVCacheFormat
    private let template: ChatTemplate?

    /// - Parameter template: is used instead of the models' own.
    init(_ arguments: EngineArguments, template: ChatTemplate? = nil) {
        runtime = Runtime(threads: arguments.threads)
        contextLength = arguments.contextLength
        cacheFormat = arguments.cacheFormat
        self.template = template
    }

    func open(_ model: ResolvedModel) async throws -> any ChatBackend {
        let (runtime, contextLength, cacheFormat, template) = (runtime, contextLength, cacheFormat, template)
        return try await onOwnThread {
            try LocalBackend.open(
                path: model.path, name: model.name, runtime: runtime, contextLength: contextLength,
                cacheFormat: cacheFormat, template: template)
        }
    }
}

extension LocalModels {
    /// Opens a model that guesses for another one.
    func open(_ model: ResolvedModel, asDraftFor target: any ChatBackend) async throws {
        try target.take(requiredDraft: try await open(model))
    }
}

extension ChatBackend {
    /// - Throws: `CommandFailure` if the other model can't guess for this one.
    func take(requiredDraft other: any ChatBackend) throws {
        guard let drafting = self as? any DraftTaking, drafting.take(draftFrom: other) else {
            throw CommandFailure(
                message: "\(other.profile.name) can't guess for \(profile.name): their vocabularies differ; choose a "
                    + "smaller model of the same family, or --speculate lookup")
        }
    }
}

extension ResolvedModel {
    /// What MODEL on the command line means.
    init(argument: String) throws {
        self = try ModelLibrary(environment: .process).resolve(argument)
    }
}
