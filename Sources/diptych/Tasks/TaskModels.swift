import Backends
import Chat
import Configuration
import Evaluation
import ModelLibrary
import Tasks

/// Finds the models of a task and opens them as ways of doing it.
struct TaskModels: Sendable {
    let resolver: ModelResolver
    let opener: ModelOpener
    let contextLength: Int?

    init(_ engine: EngineArguments, _ servers: ServerArguments) throws {
        resolver = try ModelResolver(
            library: ModelLibrary(environment: .process), allowsPlainHTTP: servers.allowsPlainHTTP)
        opener = ModelOpener(engine, template: nil, configuration: resolver.configuration)
        contextLength = engine.contextLength
    }

    /// What is known of a model before it is opened. Blocks: a file that nobody hashed yet is read once.
    /// - Parameter task: names everything of the task that can change an answer.
    func profile(of model: ModelChoice, task: String) throws -> SolverProfile {
        switch model {
        case .local(let found):
            let hash = try resolver.library.weightsFingerprint(of: found)
            return SolverProfile(
                name: model.name, kind: .model, bytes: model.size, fingerprint: Fingerprint(hash, task).text,
                price: resolver.configuration.localPrice.map(Price.init))
        case .remote(let endpoint):
            return SolverProfile(
                name: model.name, kind: .remote, bytes: nil,
                fingerprint: Fingerprint(endpoint.url.description, endpoint.model ?? "", task).text,
                price: endpoint.price)
        }
    }

    func open(_ model: ModelChoice) async throws -> any ChatBackend {
        try await onOwnThread { try opener.open(model, contextLength: contextLength) }
    }

    /// A model or a student that classifies, opened when there is something left to do for it.
    /// - Parameter encoder: what a student reads with; nil for what it names.
    func classifier(_ model: ModelChoice, role: PaneRole?, task: ClassificationTask, encoder: String? = nil)
        async throws -> Entrant
    {
        if case .local(let found) = model, StudentFile.isNamed(found.path) {
            return try await student(found, role: role, labels: task.labels, encoder: encoder)
        }
        let profile = try await onOwnThread { () throws -> SolverProfile in
            try self.profile(of: model, task: task.fingerprint)
        }
        return Entrant(profile, role: role?.rawValue ?? "") {
            let backend = try await open(model)
            guard let scoring = backend as? any ChoiceScoring else {
                return AnsweringClassifier(backend, task: task, profile: profile)
            }
            return LikelihoodClassifier(scoring, task: task, profile: profile)
        }
    }
}
