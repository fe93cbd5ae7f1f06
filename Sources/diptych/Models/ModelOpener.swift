import Backends
import Chat
import Configuration
import InferenceCore
import ModelLibrary

/// Opens models, in this process or on servers. The models of one command share its workers.
struct ModelOpener: Sendable {
    let runtime: Runtime
    private let cacheFormat: KVCacheFormat
    private let template: ChatTemplate?
    /// What this machine costs; nil where nobody says.
    private let localPrice: Price?

    /// - Parameter template: is used instead of the models' own.
    init(
        threads: Int?, cacheFormat: KVCacheFormat, template: ChatTemplate? = nil,
        localPrice: ServerSettings.Price? = nil
    ) {
        runtime = Runtime(threads: threads)
        self.cacheFormat = cacheFormat
        self.template = template
        self.localPrice = localPrice.map(Price.init)
    }

    /// Blocks: call it on a thread of its own.
    ///
    /// - Parameter contextLength: tokens; nil for what the model or its server has. A server's own stands.
    /// - Throws: what the backends throw.
    func open(_ choice: ModelChoice, contextLength: Int?) throws -> any ChatBackend {
        switch choice {
        case .local(let model):
            try LocalBackend.open(
                path: model.path, name: model.name, runtime: runtime, contextLength: contextLength,
                cacheFormat: cacheFormat, template: template, price: localPrice)
        case .remote(let endpoint): try OpenAIBackend.open(endpoint)
        }
    }
}

extension ModelOpener {
    init(_ arguments: EngineArguments, template: ChatTemplate?, configuration: ConfigurationFile) {
        self.init(
            threads: arguments.threads, cacheFormat: arguments.cacheFormat, template: template,
            localPrice: configuration.localPrice)
    }

    /// Opens a model that guesses for another one.
    func open(_ choice: ModelChoice, contextLength: Int?, asDraftFor target: any ChatBackend) async throws {
        try target.take(requiredDraft: try await onOwnThread { try open(choice, contextLength: contextLength) })
    }
}

extension ChatBackend {
    /// - Throws: `CommandFailure` if the other model can't guess for this one.
    func take(requiredDraft other: any ChatBackend) throws {
        guard profile.server == nil, other.profile.server == nil else {
            throw CommandFailure(
                message: "\(other.profile.name) can't guess for \(profile.name): both must be models of this machine")
        }
        guard let drafting = self as? any DraftTaking, drafting.take(draftFrom: other) else {
            throw CommandFailure(
                message: "\(other.profile.name) can't guess for \(profile.name): their vocabularies differ; choose a "
                    + "smaller model of the same family, or --speculate lookup")
        }
    }
}

extension ResolvedModel {
    /// What MODEL on the command line means where it has to be a file of this machine.
    init(argument: String) throws {
        let library = try ModelLibrary(environment: .process)
        guard !argument.hasPrefix(ModelResolver.scheme) else {
            throw CommandFailure(
                message: "'\(argument)' is on a server: this command reads a model's file, so name one that is here")
        }
        self = try library.resolve(argument)
    }
}
