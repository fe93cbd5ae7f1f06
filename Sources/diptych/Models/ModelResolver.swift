import Backends
import Configuration
import Foundation
import ModelLibrary
import Transport

/// Says what MODEL on the command line means. The first of these that fits: `openai:NAME@URL`, a server's name from
/// `config.yaml`, and what ``ModelLibrary`` knows.
struct ModelResolver: Sendable {
    static let scheme = "openai:"
    private static let defaultAddress = "https://api.openai.com/v1"

    let library: ModelLibrary
    let configuration: ConfigurationFile
    let environment: Environment
    /// Whether the command line allows unencrypted ways to other machines.
    var allowsPlainHTTP = false

    /// - Throws: ``OpenAIError``, `ModelLibraryError`, ``CommandFailure``.
    func resolve(_ model: String) throws -> ModelChoice {
        if model.hasPrefix(Self.scheme) { return .remote(try endpoint(String(model.dropFirst(Self.scheme.count)))) }
        if let server = configuration.servers.first(where: { $0.name == model }) {
            return .remote(try server.endpoint(environment, allowsPlainHTTP: allowsPlainHTTP))
        }
        do {
            return .local(try library.resolve(model))
        } catch ModelLibraryError.unknownModel(let name, let closest, let known) {
            let servers = configuration.servers.map(\.name)
            throw ModelLibraryError.unknownModel(
                name: name, closest: closest ?? ClosestName.of(name, among: servers), known: known + servers)
        }
    }

    /// What stands behind `openai:`: NAME@URL, NAME@SERVER, NAME alone for `OPENAI_BASE_URL`, @URL for a server's only
    /// model.
    private func endpoint(_ text: String) throws -> OpenAIEndpoint {
        // A name may hold an @ itself, and so may an address that shouldn't.
        let at = text.firstRange(of: /@https?:/.ignoresCase())?.lowerBound ?? text.lastIndex(of: "@")
        let name = at.map { String(text[..<$0]) } ?? text
        let place = at.map { String(text[text.index(after: $0)...]) }
        let model = name.isEmpty ? nil : name
        if let place, let server = configuration.servers.first(where: { $0.name == place }) {
            var endpoint = try server.endpoint(environment, allowsPlainHTTP: allowsPlainHTTP)
            (endpoint.model, endpoint.name) = (model ?? endpoint.model, model ?? endpoint.name)
            return endpoint
        }
        let url = try OpenAIURL(place ?? environment["OPENAI_BASE_URL"] ?? Self.defaultAddress)
        // A server that the configuration knows keeps its key and its price, however it is named here.
        if let server = configuration.servers.first(where: { (try? OpenAIURL($0.url)) == url }) {
            var endpoint = try server.endpoint(environment, allowsPlainHTTP: allowsPlainHTTP)
            (endpoint.model, endpoint.name) = (model, model)
            return endpoint
        }
        var endpoint = OpenAIEndpoint(url: url, model: model, credential: try environmentCredential(for: url))
        if endpoint.credential == nil, environment["OPENAI_API_KEY"] != nil {
            endpoint.keylessReason = "OPENAI_API_KEY is for \(keyOrigin.map { "\($0)" } ?? "another server") alone"
        }
        endpoint.allowsPlainHTTP = allowsPlainHTTP
        endpoint.certificateFile = environment["SSL_CERT_FILE"]
        return endpoint
    }

    /// The server that `OPENAI_API_KEY` is for.
    private var keyOrigin: Origin? { Origin(environment["OPENAI_BASE_URL"] ?? Self.defaultAddress) }

    /// `OPENAI_API_KEY`, if it is for this server: that of `OPENAI_BASE_URL`, or OpenAI's own.
    private func environmentCredential(for url: OpenAIURL) throws -> Credential? {
        guard let key = environment["OPENAI_API_KEY"], keyOrigin == url.origin else { return nil }
        return try Credential(key: key, origin: url.origin, source: "OPENAI_API_KEY")
    }
}

extension ModelResolver {
    /// The resolver of the user whose environment this is.
    init(library: ModelLibrary, allowsPlainHTTP: Bool = false) throws {
        self.init(
            library: library, configuration: try ConfigurationFile(directories: library.directories),
            environment: .process, allowsPlainHTTP: allowsPlainHTTP)
    }
}
