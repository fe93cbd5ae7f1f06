import FlyingSocks
import Foundation

/// One client's connection: reads requests, has them answered one after the other, and notices when the client leaves.
struct Connection: Sendable {
    /// How long a client may take.
    struct Patience: Sendable {
        /// Between two requests.
        var idle = Duration.seconds(75)
        /// For the request line and the fields, from their first byte.
        var head = Duration.seconds(10)
        /// For the body, from its first byte.
        var body = Duration.seconds(60)
        /// Until a blocked answer goes on.
        var write = Duration.seconds(30)
    }

    let socket: Socket
    let poller: Poller
    let limits: HTTPRequestParser.Limits
    let patience: Patience
    /// Answers one request. Throws if the connection can't carry another.
    let answer: @Sendable (HTTPRequest, Connection) async throws -> Void
    /// Answers what is no request.
    let refuse: @Sendable (HTTPFault, Connection) async -> Void

    private var descriptor: Int32 { socket.file.rawValue }

    /// Serves the client until it leaves, takes too long, or the server ends. Closes the socket.
    func run() async {
        var parser = HTTPRequestParser(limits: limits)
        do {
            while let request = try await next(&parser) {
                guard try await answerWhileConnected(request) else { break }
                guard request.keepsAlive else { break }
            }
            close()
        } catch let fault as HTTPFault {
            await refuse(fault, self)
            await linger()
        } catch is Poller.TimedOut {
            if parser.stage != .idle { await refuse(.tooSlow, self) }
            await linger()
        } catch {
            close()
        }
    }

    /// Says that there are too many clients already, and closes the socket.
    func turnAway() async {
        await refuse(.tooMany, self)
        await linger()
    }

    /// The next request; nil when the client has left.
    private func next(_ parser: inout HTTPRequestParser) async throws -> HTTPRequest? {
        var stage = parser.stage
        var deadline = ContinuousClock.now + (stage == .idle ? patience.idle : patience.head)
        while true {
            if let request = try parser.next() { return request }
            if parser.stage != stage {
                stage = parser.stage
                deadline = .now + (stage == .head ? patience.head : patience.body)
            }
            if parser.awaitsContinue {
                parser.didSendContinue()
                try await write(HTTPEncoding.goAhead)
            }
            guard let bytes = try await read(until: deadline, isIdle: stage == .idle) else { return nil }
            parser.append(bytes)
        }
    }

    /// Answers a request, and gives up when the client leaves before the answer is complete.
    /// - Returns: whether it is still there.
    private func answerWhileConnected(_ request: HTTPRequest) async throws -> Bool {
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                try await poller.wait(for: .closed, on: descriptor)
                return false
            }
            group.addTask {
                try await answer(request, self)
                return true
            }
            defer { group.cancelAll() }
            return try await group.next() ?? false
        }
    }

    /// Some bytes; nil at their end.
    private func read(until deadline: ContinuousClock.Instant, isIdle: Bool) async throws -> [UInt8]? {
        while true {
            do {
                return try socket.read(atMost: 64 << 10)
            } catch SocketError.blocked {
                try await poller.wait(for: .readable, on: descriptor, until: deadline, isIdle: isIdle)
            } catch SocketError.disconnected {
                return nil
            }
        }
    }

    /// Sends all of the bytes.
    /// - Throws: ``ClientGone``, also for a client that takes nothing; `CancellationError`.
    func write(_ bytes: [UInt8]) async throws {
        let data = Data(bytes)
        var sent = 0
        while sent < data.count {
            do {
                sent = try socket.write(data, from: sent)
            } catch SocketError.blocked {
                do {
                    try await poller.wait(for: .writable, on: descriptor, until: .now + patience.write)
                } catch is Poller.TimedOut {
                    throw ClientGone()
                }
            } catch {
                throw ClientGone()
            }
        }
    }

    /// Closes once the client has had time to read why: bytes that nobody read would have the answer thrown away.
    private func linger() async {
        shutdown(descriptor, Int32(SHUT_WR))
        let deadline = ContinuousClock.now + .seconds(2)
        while let bytes = try? await read(until: deadline, isIdle: false), !bytes.isEmpty, .now < deadline {}
        close()
    }

    /// The client hears of it at once, also while the poller still looks at the socket.
    private func close() {
        shutdown(descriptor, Int32(SHUT_WR))
        try? socket.close()
    }
}
