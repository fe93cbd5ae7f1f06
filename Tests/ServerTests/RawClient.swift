import FlyingSocks
import Foundation

/// A client that sends exactly these bytes, on threads of its own.
struct RawClient: Sendable {
    private let socket: Socket

    /// Connects to a server on this machine.
    init(port: UInt16) async throws {
        let socket = try Socket(domain: AF_INET)
        try await Self.away { try socket.connect(to: .inet(ip4: "127.0.0.1", port: port)) }
        // Beside all other tests, each step of the server waits behind those that are ready.
        var patience = timeval(tv_sec: 300, tv_usec: 0)
        setsockopt(socket.file.rawValue, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        self.socket = socket
    }

    func send(_ text: String) async throws {
        let data = Data(text.utf8)
        try await Self.away { [socket] in
            var sent = 0
            while sent < data.count { sent = try socket.write(data, from: sent) }
        }
    }

    /// Sends a request with a body that is JSON.
    func post(_ path: String, _ body: String, fields: String = "") async throws {
        try await send(
            "POST \(path) HTTP/1.1\r\nHost: localhost\r\n\(fields)Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
    }

    /// Reads until some text has come, or the connection ends.
    func read(until end: String) async throws -> String {
        try await Self.away { [socket] in
            var text = ""
            while !text.contains(end) {
                guard let bytes = try? socket.read(atMost: 4096) else { break }
                text += String(decoding: bytes, as: UTF8.self)
            }
            return text
        }
    }

    /// Everything until the server closes the connection.
    func readAll() async throws -> String { try await read(until: "\0") }

    func close() {
        try? socket.close()
    }

    /// Runs work that blocks where no task waits for a thread.
    private static func away<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            Thread { continuation.resume(with: Swift.Result { try work() }) }.start()
        }
    }
}
