import FlyingSocks
import Foundation
import Synchronization

/// Serves models to other programs: the OpenAI protocol over HTTP/1.1.
public final class Server: Sendable {
    /// The port that it listens on, also where the system chose it.
    public let port: UInt16
    private let configuration: ServerConfiguration
    private let service: Service
    private let admission: Admission
    private let listener: Listener
    private let poller: Poller
    private let patience: Connection.Patience
    private let limits: HTTPRequestParser.Limits
    private let log: @Sendable (AccessRecord) -> Void
    private let ending: AsyncStream<Void>
    private let end: AsyncStream<Void>.Continuation
    private let connectionCount = Atomic(0)

    /// Begins to listen; clients are answered once it runs.
    /// - Parameter log: told of every request, from whichever thread; it must not block.
    /// - Throws: ``ServerError``.
    public convenience init(
        models: [ServedModel], configuration: ServerConfiguration = ServerConfiguration(),
        log: @escaping @Sendable (AccessRecord) -> Void = { _ in }
    ) throws {
        try self.init(models: models, configuration: configuration, patience: Connection.Patience(), log: log)
    }

    init(
        models: [ServedModel], configuration: ServerConfiguration, patience: Connection.Patience,
        limits: HTTPRequestParser.Limits = HTTPRequestParser.Limits(),
        log: @escaping @Sendable (AccessRecord) -> Void = { _ in }
    ) throws {
        try configuration.check()
        // A client that leaves must not end the process.
        signal(SIGPIPE, SIG_IGN)
        service = try Service(models: models, configuration: configuration)
        admission = Admission(configuration)
        listener = try Listener(host: configuration.host, port: configuration.port)
        poller = try Poller()
        port = listener.port
        (self.configuration, self.patience, self.limits, self.log) = (configuration, patience, limits, log)
        (ending, end) = AsyncStream.makeStream()
    }

    /// Where clients find the protocol.
    public var url: String {
        let host = configuration.host.contains(":") ? "[\(configuration.host)]" : configuration.host
        return "http://\(host):\(port)/v1"
    }

    /// Answers clients until ``stop()`` was called and running answers are through, or their time is up; or until the
    /// task is cancelled. To be called once.
    public func run() async {
        poller.start()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.acceptClients() }
            group.addTask {
                for await _ in self.ending { break }
                self.service.close()
                self.poller.drain()
                try? await Task.sleep(for: self.configuration.grace)
            }
            await group.next()
            group.cancelAll()
        }
        poller.stop()
    }

    /// Takes no further requests, lets running answers end, and then ends ``run()``.
    public func stop() {
        end.finish()
    }

    private func acceptClients() async {
        await withDiscardingTaskGroup { group in
            while let socket = await listener.accept(poller) {
                let isWelcome =
                    connectionCount.add(1, ordering: .relaxed).newValue <= configuration.mostConnections
                group.addTask {
                    let connection = self.connection(socket)
                    if isWelcome { await connection.run() } else { await connection.turnAway() }
                    self.connectionCount.subtract(1, ordering: .relaxed)
                }
            }
            // Whoever comes now is refused by the system.
            try? listener.socket.close()
        }
    }

    private func connection(_ socket: Socket) -> Connection {
        let client = Self.name(of: socket)
        return Connection(
            socket: socket, poller: poller, limits: limits, patience: patience,
            answer: { request, connection in try await self.answer(request, of: client, connection) },
            refuse: { fault, connection in await self.refuse(APIError(fault), client, connection) })
    }

    private func answer(_ request: HTTPRequest, of client: String, _ connection: Connection) async throws {
        let start = ContinuousClock.now
        let exchange = LiveExchange(
            connection, for: request, commonFields: admission.originFields(for: request),
            record: AccessRecord(client: client, method: request.method, path: request.path))
        let result: Result<Void, any Error>
        do {
            result = .success(try await service.answer(request, through: exchange))
        } catch {
            result = .failure(error)
        }
        await exchange.note {
            $0.duration = .now - start
            if case .failure = result { $0.wasAborted = true }
        }
        log(await exchange.record)
        try result.get()
    }

    private func refuse(_ error: APIError, _ client: String, _ connection: Connection) async {
        let response = error.response
        var record = AccessRecord(client: client, method: "-", path: "-")
        record.status = response.status.rawValue
        log(record)
        try? await connection.write(
            HTTPEncoding.head(
                response.status, response.fields, bodyEnd: .length(response.body.count), keepsAlive: false)
                + response.body)
    }

    private static func name(of socket: Socket) -> String {
        switch try? socket.remotePeer() {
        case .ip4(let address, _), .ip6(let address, _): address
        default: "-"
        }
    }
}
