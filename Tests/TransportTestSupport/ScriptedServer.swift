import Foundation
import Synchronization

/// An HTTP/1.1 server on loopback that answers as a test says, bad manners included: bodies that end early,
/// connections that are reset, lengths that lie.
public final class ScriptedServer: Sendable {
    public struct Request: Sendable {
        public var path: String
        /// Names in lower case.
        public var headers: [String: String]

        /// The first byte asked for by `Range: bytes=N-`.
        public var rangeStart: Int? {
            headers["range"].flatMap { Int($0.dropFirst("bytes=".count).prefix { $0.isNumber }) }
        }
    }

    public struct Reply: Sendable {
        public var status: Int
        public var headers: [String: String]
        public var body: [UInt8]
        /// Send so many bytes of the body, then hang up.
        public var cutAfter: Int?
        /// After the last byte sent, keep the connection open and say nothing until the client leaves.
        public var stalls = false

        public init(
            status: Int = 200, headers: [String: String] = [:], body: [UInt8] = [], cutAfter: Int? = nil,
            stalls: Bool = false
        ) {
            self.status = status
            self.headers = headers
            self.body = body
            self.cutAfter = cutAfter
            self.stalls = stalls
        }

        /// What a well-behaved server says for a file: all of it, or the range asked for.
        public static func file(_ bytes: [UInt8], for request: Request, entityTag: String? = nil) -> Reply {
            var reply = Reply(body: bytes)
            reply.headers["ETag"] = entityTag
            guard let start = request.rangeStart else { return reply }
            if let wanted = request.headers["if-range"], wanted != entityTag { return reply }
            guard start < bytes.count else { return Reply(status: 416) }
            reply.status = 206
            reply.headers["Content-Range"] = "bytes \(start)-\(bytes.count - 1)/\(bytes.count)"
            reply.body = Array(bytes[start...])
            return reply
        }
    }

    public let port: UInt16
    private let listener: Int32
    private let received = Mutex<[Request]>([])

    /// "http://127.0.0.1:PORT".
    public var address: String { "http://127.0.0.1:\(port)" }
    /// Everything asked so far.
    public var requests: [Request] { received.withLock { $0 } }

    /// - Parameter answer: gets the request and its number, from 0. Runs on a thread of its connection.
    public init(answer: @escaping @Sendable (Request, Int) -> Reply) throws {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        let failed = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) != 0 || listen(listener, 16) != 0 || getsockname(listener, $0, &length) != 0
            }
        }
        guard !failed else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        port = UInt16(bigEndian: address.sin_port)
        Thread.detachNewThread { [weak self] in
            while true {
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else {
                    // Closed here and nowhere else: a number that is free again may be another server's tomorrow.
                    close(listener)
                    return
                }
                guard let self else {
                    close(connection)
                    return
                }
                Thread.detachNewThread { self.serve(connection, answer) }
            }
        }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
    }

    /// An address on which nobody listens.
    public static func deadAddress() throws -> String {
        try ScriptedServer { _, _ in Reply() }.address
    }

    private func serve(_ connection: Int32, _ answer: (Request, Int) -> Reply) {
        defer { close(connection) }
        guard let request = Self.readRequest(connection) else { return }
        let number = received.withLock {
            $0.append(request)
            return $0.count - 1
        }
        let reply = answer(request, number)
        var head = "HTTP/1.1 \(reply.status) Scripted\r\nConnection: close\r\n"
        let headers = ["Content-Length": "\(reply.body.count)"].merging(reply.headers) { $1 }
        for (name, value) in headers where !value.isEmpty { head += "\(name): \(value)\r\n" }
        guard Self.send(Array((head + "\r\n").utf8), to: connection) else { return }
        _ = Self.send(Array(reply.body.prefix(reply.cutAfter ?? .max)), to: connection)
        if reply.stalls {
            var byte: UInt8 = 0
            _ = recv(connection, &byte, 1, 0)
        }
    }

    private static func readRequest(_ connection: Int32) -> Request? {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while !bytes.suffix(4).elementsEqual(Array("\r\n\r\n".utf8)) {
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { return nil }
            bytes += buffer[..<count]
        }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\r\n")
        guard let path = lines.first?.split(separator: " ").dropFirst().first else { return nil }
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            if parts.count == 2 { headers[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces) }
        }
        return Request(path: String(path), headers: headers)
    }

    private static func send(_ bytes: [UInt8], to connection: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Foundation.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}
