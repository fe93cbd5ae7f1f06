import Chat
import Foundation
import Synchronization
import Transport

/// A model on a server that speaks the OpenAI protocol.
public final class OpenAIBackend: ChatBackend {
    public let profile: ModelProfile
    let endpoint: OpenAIEndpoint
    let model: String
    let software: ServerSoftware
    let client: HTTPClient
    /// What this server was found not to take; later requests leave it out at once.
    let findings = Mutex(Findings())

    struct Findings: Sendable {
        var rejected: Set<CompletionRequest.Option> = []
        var lengthField: String?
    }

    private init(
        endpoint: OpenAIEndpoint, model: String, software: ServerSoftware, client: HTTPClient, profile: ModelProfile
    ) {
        self.endpoint = endpoint
        self.model = model
        self.software = software
        self.client = client
        self.profile = profile
        if !endpoint.asksForUsage { findings.withLock { _ = $0.rejected.insert(.usage) } }
    }

    /// Asks the server what it has. Blocks: call it on a thread of your own.
    ///
    /// - Throws: ``OpenAIError``, `CancellationError`.
    public static func open(
        _ endpoint: OpenAIEndpoint, cancellation: Cancellation = Cancellation()
    ) throws -> OpenAIBackend {
        let start = ContinuousClock.now
        let origin = endpoint.url.origin
        try endpoint.checkWay()
        let client = HTTPClient(
            connectTimeout: endpoint.timeouts.connect, stallTimeout: endpoint.timeouts.betweenTokens, slowestRate: 1,
            certificateFile: endpoint.certificateFile, pool: HTTPConnectionPool())
        let server: ServerInquiry.Answer
        do {
            server = try ServerInquiry(endpoint: endpoint, client: client).ask(cancellation)
        } catch let error as OpenAIError {
            throw error.redacting(endpoint.credential)
        }
        let facts = server.model
        let profile = ModelProfile(
            name: server.model?.title ?? endpoint.name ?? server.name,
            location: .server(
                ModelServer(
                    host: origin.hostAndPort, software: server.software.name.isEmpty ? nil : server.software.name,
                    isSecure: origin.isSecure)),
            architecture: facts?.arch, format: facts?.quantization ?? facts?.meta?.ftype,
            parameterCount: facts?.meta?.nParams,
            fileBytes: facts?.meta?.size, contextLength: endpoint.contextLength ?? facts?.context,
            hasChatTemplate: endpoint.style == .chat, loadDuration: .now - start, price: endpoint.price)
        return OpenAIBackend(
            endpoint: endpoint, model: server.name, software: server.software, client: client, profile: profile)
    }

    /// A server doesn't tell what its model holds in memory.
    public func memoryUse() -> MemoryUse? { nil }

    public func respond(to request: ChatRequest) -> AsyncThrowingStream<ChatEvent, any Error> {
        let start = ContinuousClock.now
        return AsyncThrowingStream { continuation in
            let task = Task { [self] in
                do {
                    try await BlockingThread.run { [self] cancellation in
                        try AnswerTransfer(
                            backend: self, request: request, start: start, cancellation: cancellation,
                            yield: { continuation.yield($0) }
                        ).run()
                    }
                    continuation.finish()
                } catch is CancellationError {
                    continuation.finish()
                } catch let error as TransportError {
                    continuation.finish(throwing: OpenAIError.transport(error).redacting(endpoint.credential))
                } catch let error as OpenAIError {
                    continuation.finish(throwing: error.redacting(endpoint.credential))
                } catch {
                    continuation.finish(throwing: error)
                }
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }
}
