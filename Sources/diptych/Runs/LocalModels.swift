import Backends
import Chat
import Configuration
import InferenceCore
import ModelLibrary

/// Finds models and opens them in this process. The models of one command share its workers.
struct LocalModels: Sendable {
    private let runtime: Runtime
    private let contextLength: Int?

    init(_ arguments: EngineArguments) {
        runtime = Runtime(threads: arguments.threads)
        contextLength = arguments.contextLength
    }

    func open(_ model: ResolvedModel) async throws -> any ChatBackend {
        let (runtime, contextLength) = (runtime, contextLength)
        return try await onOwnThread {
            try LocalBackend.open(
                path: model.path, name: model.name, runtime: runtime, contextLength: contextLength)
        }
    }
}

extension ResolvedModel {
    /// What MODEL on the command line means.
    init(argument: String) throws {
        self = try ModelLibrary(environment: .process).resolve(argument)
    }
}
