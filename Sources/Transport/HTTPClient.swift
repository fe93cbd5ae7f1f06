import CCurl
import Foundation

/// Makes HTTP requests through libcurl.
///
/// Proxies come from the environment (`HTTPS_PROXY`, `http_proxy`, `ALL_PROXY`, `NO_PROXY`), certificates from the
/// system. Every call blocks: make it inside ``BlockingThread/run(_:)``.
public struct HTTPClient: Sendable {
    /// Seconds to find the host, connect and agree on TLS.
    public var connectTimeout: Double
    /// Seconds during which less than ``slowestRate`` arrives before the transfer counts as dead.
    public var stallTimeout: Double
    /// Bytes a second.
    public var slowestRate: Int
    /// A file of certificates to trust instead of the system's.
    public var certificateFile: String?

    public init(
        connectTimeout: Double = 6, stallTimeout: Double = 30, slowestRate: Int = 128, certificateFile: String? = nil
    ) {
        self.connectTimeout = connectTimeout
        self.stallTimeout = stallTimeout
        self.slowestRate = slowestRate
        self.certificateFile = certificateFile
    }

    /// GETs and hands the response over as it arrives. Redirects are followed, up to ten; a request over TLS never
    /// continues without it, and an `Authorization` header never travels to another host.
    ///
    /// - Parameters:
    ///   - begin: called once, before any body; what it throws ends the transfer.
    ///   - receive: called with each piece of the body of a response of any status.
    /// - Throws: ``TransportError`` for what the network does, `CancellationError` within a second of being
    ///   cancelled, and what `begin` and `receive` throw.
    public func get(
        _ request: HTTPRequest, cancellation: Cancellation,
        begin: @escaping (HTTPResponse) throws -> Void,
        receive: @escaping (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        guard ccurl_load() != 0 else {
            let library = String(cString: ccurl_library_name())
            throw TransportError(
                .unexpected, host: request.host, detail: "\(library) is missing or cannot start; install libcurl")
        }
        guard let curl = ccurl_init() else {
            throw TransportError(.unexpected, host: request.host, detail: "libcurl cannot start")
        }
        defer { ccurl_cleanup(curl) }
        let transfer = Transfer(curl: curl, cancellation: cancellation, begin: begin, receive: receive)
        try transfer.perform(request, client: self)
    }
}

/// What is asked for.
public struct HTTPRequest: Sendable {
    public var url: String
    /// Name and value, in this order.
    public var headers: [(name: String, value: String)]

    public init(url: String, headers: [(name: String, value: String)] = []) {
        self.url = url
        self.headers = headers
    }

    /// The URL's host, with the port if it names one; the URL itself if it has none.
    public var host: String {
        guard let parts = URLComponents(string: url), let host = parts.host, !host.isEmpty else { return url }
        return parts.port.map { "\(host):\($0)" } ?? host
    }
}

/// The head of a response, after all redirects.
public struct HTTPResponse: Sendable, Equatable {
    public var status: Int
    /// Names in lower case.
    public var headers: [String: String]

    public init(status: Int, headers: [String: String] = [:]) {
        self.status = status
        self.headers = headers
    }
}
