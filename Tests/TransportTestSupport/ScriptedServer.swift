import Foundation
import Synchronization

/// An HTTP/1.1 server on loopback that answers as a test says, bad manners included: bodies that end early,
/// connections that are reset, lengths that lie.
public final class ScriptedServer: Sendable {
    public struct Request: Sendable {
        public var method: String
        public var path: String
        /// Names in lower case.
        public var headers: [String: String]
        public var body: [UInt8]
        /// Counts the connections, from 0.
        public var connection: Int
        /// All bytes, as they came.
        public var bytes: [UInt8]

        /// The first byte asked for by `Range: bytes=N-`.
        public var rangeStart: Int? {
            headers["range"].flatMap { Int($0.dropFirst("bytes=".count).prefix { $0.isNumber }) }
        }
    }

    /// A part of a reply that is written byte for byte, head included.
    public enum Step: Sendable {
        case send(String)
        case bytes([UInt8])
        /// Milliseconds.
        case pause(Int)
        /// Says nothing until the client leaves.
        case stall
        /// Sends the same again and again until the client leaves.
        case sendForever(String)
        /// Ends the connection as a crash would, not as a server does.
        case reset
    }

    public struct Reply: Sendable {
        /// What is written instead of everything else here; nothing is added.
        public var steps: [Step]?
        /// Whether the connection takes another request afterwards.
        public var keepsOpen = false
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

        /// Exactly these bytes and pauses.
        public static func steps(_ steps: Step..., keepsOpen: Bool = false) -> Reply {
            var reply = Reply()
            (reply.steps, reply.keepsOpen) = (steps, keepsOpen)
            return reply
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
    private let connections = Mutex(0)
    private let departures = Mutex(0)

    /// "http://127.0.0.1:PORT".
    public var address: String { "http://127.0.0.1:\(port)" }
    /// Everything asked so far.
    public var requests: [Request] { received.withLock { $0 } }
    /// How often a client left while it was being kept waiting, or before it had everything.
    public var departureCount: Int { departures.withLock { $0 } }
    /// Connections made so far.
    public var connectionCount: Int { connections.withLock { $0 } }

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
        let place = connections.withLock { count in
            count += 1
            return count - 1
        }
        while let request = Self.readRequest(connection, place) {
            let number = received.withLock {
                $0.append(request)
                return $0.count - 1
            }
            let reply = answer(request, number)
            guard write(reply, to: connection), reply.keepsOpen else { return }
        }
    }

    /// Whether the client is still there.
    private func write(_ reply: Reply, to connection: Int32) -> Bool {
        if let steps = reply.steps { return steps.allSatisfy { perform($0, on: connection) } }
        var head = "HTTP/1.1 \(reply.status) Scripted\r\n" + (reply.keepsOpen ? "" : "Connection: close\r\n")
        let headers = ["Content-Length": "\(reply.body.count)"].merging(reply.headers) { $1 }
        for (name, value) in headers where !value.isEmpty { head += "\(name): \(value)\r\n" }
        guard Self.send(Array((head + "\r\n").utf8), to: connection) else { return false }
        guard Self.send(Array(reply.body.prefix(reply.cutAfter ?? .max)), to: connection) else { return false }
        return reply.stalls ? perform(.stall, on: connection) : true
    }

    private func perform(_ step: Step, on connection: Int32) -> Bool {
        switch step {
        case .send(let text): return leaves(unless: Self.send(Array(text.utf8), to: connection))
        case .bytes(let bytes): return leaves(unless: Self.send(bytes, to: connection))
        case .pause(let milliseconds):
            var watch = pollfd(fd: connection, events: Int16(POLLIN), revents: 0)
            return leaves(unless: poll(&watch, 1, Int32(milliseconds)) == 0)
        case .stall:
            var byte: UInt8 = 0
            return leaves(unless: recv(connection, &byte, 1, 0) > 0)
        case .sendForever(let text):
            while Self.send(Array(text.utf8), to: connection) { Thread.sleep(forTimeInterval: 0.002) }
            return leaves(unless: false)
        case .reset:
            var option = linger(l_onoff: 1, l_linger: 0)
            setsockopt(connection, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
            return false
        }
    }

    private func leaves(unless isHere: Bool) -> Bool {
        if !isHere { departures.withLock { $0 += 1 } }
        return isHere
    }

    private static func readRequest(_ connection: Int32, _ place: Int) -> Request? {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        let blank = Array("\r\n\r\n".utf8)
        func read() -> Bool {
            let count = recv(connection, &buffer, buffer.count, 0)
            if count > 0 { bytes += buffer[..<count] }
            return count > 0
        }
        while bytes.firstRange(of: blank) == nil { guard read() else { return nil } }
        guard let end = bytes.firstRange(of: blank)?.upperBound else { return nil }
        let lines = String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\r\n")
        guard let words = lines.first?.split(separator: " "), words.count > 1 else { return nil }
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            if parts.count == 2 { headers[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces) }
        }
        let length = headers["content-length"].flatMap { Int($0) } ?? 0
        while bytes.count < end + length { guard read() else { return nil } }
        return Request(
            method: String(words[0]), path: String(words[1]), headers: headers, body: Array(bytes[end...]),
            connection: place, bytes: bytes)
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
