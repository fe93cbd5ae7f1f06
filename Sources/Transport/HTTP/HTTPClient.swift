import CCurl
import Foundation

/// How long a transfer may wait for whatever comes next.
public struct Patience: Sendable {
    /// Seconds that are left; none ends the transfer.
    public var seconds: Double
    /// What didn't come in time.
    public var complaint: String

    public init(seconds: Double, complaint: String) {
        self.seconds = seconds
        self.complaint = complaint
    }
}

/// Makes HTTP requests through libcurl: HTTP/1.1, and HTTP/2 where TLS agrees on it.
///
/// Proxies come from the environment (`HTTPS_PROXY`, `http_proxy`, `ALL_PROXY`, `NO_PROXY`), but this machine is reached
/// without one; certificates are the system's. Every call blocks: make it inside ``BlockingThread/run(_:)``.
public struct HTTPClient: Sendable {
    /// Seconds to find the host, connect and agree on TLS.
    public var connectTimeout: Double
    /// Seconds during which less than ``slowestRate`` arrives before the transfer counts as dead, where no ``Patience``
    /// says otherwise.
    public var stallTimeout: Double
    /// Bytes a second.
    public var slowestRate: Int
    /// A file of certificates to trust instead of the system's.
    public var certificateFile: String?
    /// Keeps connections for later requests; nil makes a new one for each.
    public var pool: HTTPConnectionPool?

    public init(
        connectTimeout: Double = 6, stallTimeout: Double = 30, slowestRate: Int = 128, certificateFile: String? = nil,
        pool: HTTPConnectionPool? = nil
    ) {
        self.connectTimeout = connectTimeout
        self.stallTimeout = stallTimeout
        self.slowestRate = slowestRate
        self.certificateFile = certificateFile
        self.pool = pool
    }

    /// GETs and hands the response over as it arrives; see ``perform(_:cancellation:patience:progress:begin:receive:)``.
    public func get(
        _ request: HTTPRequest, cancellation: Cancellation,
        begin: @escaping (HTTPResponse) throws -> Void,
        receive: @escaping (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        try perform(request, cancellation: cancellation, begin: begin, receive: receive)
    }

    /// Sends a request and hands the response over as it arrives.
    ///
    /// - Parameters:
    ///   - patience: asked whenever the transfer is about to wait, from when it is connected.
    ///   - progress: called when a step of the request is done, with all that are.
    ///   - begin: called once, before any body; what it throws ends the transfer.
    ///   - receive: called with each piece of the body of a response of any status; what it throws ends the transfer.
    /// - Throws: ``TransportError`` for what the network does, `CancellationError` at once when cancelled, and what
    ///   `begin` and `receive` throw. Whatever is thrown, the connection is closed.
    public func perform(
        _ request: HTTPRequest, cancellation: Cancellation,
        patience: ((HTTPTimings) -> Patience)? = nil,
        progress: @escaping (HTTPTimings) -> Void = { _ in },
        begin: @escaping (HTTPResponse) throws -> Void,
        receive: @escaping (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        let connection = try pool?.take(host: request.host) ?? HTTPConnection(host: request.host)
        let transfer = Transfer(
            connection: connection, cancellation: cancellation, patience: patience, progress: progress, begin: begin,
            receive: receive)
        try transfer.perform(request, client: self)
        pool?.give(back: connection)
    }

    /// The whole response, of any status.
    ///
    /// - Parameter limit: bytes that the body may have.
    /// - Throws: as ``perform(_:cancellation:patience:progress:begin:receive:)``; a longer body is a ``TransportError``.
    public func response(
        to request: HTTPRequest, limit: Int = 16 << 20, cancellation: Cancellation
    ) throws -> (head: HTTPResponse, body: [UInt8]) {
        var head = HTTPResponse(status: 0)
        var body: [UInt8] = []
        try perform(
            request, cancellation: cancellation, begin: { head = $0 },
            receive: { bytes in
                guard body.count + bytes.count <= limit else {
                    throw TransportError(.unexpected, host: request.host, detail: "more than \(limit) bytes")
                }
                body += bytes
            })
        return (head, body)
    }
}
