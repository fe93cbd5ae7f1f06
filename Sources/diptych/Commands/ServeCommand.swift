import ArgumentParser
import Backends
import Chat
import Configuration
import InferenceCore
import ModelLibrary
import Server

/// `diptych serve`: models for other programs.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve models to other programs, by the OpenAI protocol.",
        discussion: """
            Chat completions, completions and model lists for models that answer, embeddings for sentence encoders. What \
            is asked and answered is never logged. Ctrl+C lets running answers end for some seconds, a second one \
            doesn't.
            """
    )

    private static let keyVariable = "DIPTYCH_API_KEY"

    @Argument(help: "A .gguf file, a Hugging Face folder, or an id that `diptych models list` shows.")
    var models: [String]

    @Option(
        help: ArgumentHelp("The address to listen on; other machines reach all but loopback.", valueName: "address"))
    var host = "127.0.0.1"

    @Option(help: ArgumentHelp("The port to listen on; 0 takes a free one.", valueName: "port"))
    var port: UInt16 = 8080

    @Option(
        help: ArgumentHelp(
            "Ask for the key in this file; without it, for the one in DIPTYCH_API_KEY, if that is set.",
            valueName: "file"))
    var apiKeyFile: String?

    @Flag(help: "Let everybody who reaches the server use it.")
    var noKey = false

    @Option(help: ArgumentHelp("Requests that each model answers at a time.", valueName: "n"))
    var parallel = 2

    @Option(help: ArgumentHelp("Requests for each model that may wait.", valueName: "n"))
    var queue = 64

    @Option(
        help: ArgumentHelp(
            "Let web pages of this origin use the server; * is all. Can be repeated.", valueName: "origin"))
    var allowOrigin: [String] = []

    @Flag(help: "Write no line for each request.")
    var quiet = false

    @OptionGroup var templates: TemplateArguments
    @OptionGroup(title: "Engine") var engine: EngineArguments
    @OptionGroup var output: OutputArguments

    func validate() throws {
        guard !models.isEmpty else { throw ValidationError("Name at least one model to serve.") }
        guard (1...64).contains(parallel) else {
            throw ValidationError("--parallel must be from 1 to 64, not \(parallel).")
        }
        guard (0...10_000).contains(queue) else {
            throw ValidationError("--queue must be from 0 to 10000, not \(queue).")
        }
        guard !noKey || apiKeyFile == nil else {
            throw ValidationError("--no-key asks for no key, so --api-key-file has no place beside it.")
        }
    }

    func run() async throws {
        let configuration = try serverConfiguration()
        let resolved = try models.map { try ResolvedModel(argument: $0) }
        let opener = ServedModelOpener(engine, sessions: parallel, template: try templates.chosen())
        let log = quiet ? nil : AccessLog(output: .standardError)
        let isJSON = output.isJSON
        try await serveUntilSignalled(log: log) {
            var served: [ServedModel] = []
            for model in resolved {
                try Task.checkCancellation()
                served.append(try await opener.open(model))
            }
            let server = try Server(models: served, configuration: configuration) { log?.write($0) }
            let document = ServeDocument(url: server.url, models: served.map(\.id))
            try Output.standard.write(isJSON ? document.encoded() : document.text)
            return server
        }
    }

    private func serverConfiguration() throws -> ServerConfiguration {
        var configuration = ServerConfiguration()
        configuration.host = host
        configuration.port = port
        configuration.allowsStrangers = noKey
        configuration.queueCapacity = queue
        configuration.allowedOrigins = allowOrigin
        configuration.key = noKey ? nil : try key()
        configuration.keySource = apiKeyFile ?? Self.keyVariable
        return configuration
    }

    private func key() throws -> String? {
        guard let apiKeyFile else { return Environment.process[Self.keyVariable] }
        let text = String(decoding: try FileBytes.read(apiKeyFile), as: UTF8.self)
        let key = text.split(whereSeparator: \.isWhitespace)
        guard key.count == 1 else { throw ServerError.badKey(apiKeyFile) }
        return String(key[0])
    }
}

/// Opens models for a server. All of them share one set of workers.
private struct ServedModelOpener: Sendable {
    private let runtime: Runtime
    private let contextLength: Int?
    private let cacheFormat: KVCacheFormat
    private let sessions: Int
    private let template: ChatTemplate?

    init(_ arguments: EngineArguments, sessions: Int, template: ChatTemplate?) {
        runtime = Runtime(threads: arguments.threads)
        contextLength = arguments.contextLength
        cacheFormat = arguments.cacheFormat
        self.sessions = sessions
        self.template = template
    }

    func open(_ model: ResolvedModel) async throws -> ServedModel {
        try await onOwnThread { [self] in
            do {
                let backends = try LocalBackend.open(
                    path: model.path, name: model.name, runtime: runtime, sessions: sessions,
                    contextLength: contextLength, cacheFormat: cacheFormat, template: template)
                return ServedModel(
                    id: model.name, sessions: backends, trainedContextLength: backends[0].trainedContextLength)
            } catch let error as ModelError {
                guard case .unknownArchitecture = error else { throw error }
                return try encoder(model, otherwise: error)
            }
        }
    }

    /// A model that doesn't answer may be one that makes vectors.
    private func encoder(_ model: ResolvedModel, otherwise error: ModelError) throws -> ServedModel {
        do {
            return ServedModel(
                id: model.name, encoder: try LocalEncoder(path: model.path, name: model.name, runtime: runtime))
        } catch ModelError.notAnEncoder {
            throw error
        }
    }
}
