/// Why a request didn't succeed, in one line with what to do about it.
public struct TransportError: Error, Equatable, CustomStringConvertible {
    public enum Cause: Sendable, Equatable {
        /// The host's name has no address here.
        case hostNotFound
        /// Nobody answers there.
        case noConnection
        /// The server's certificate isn't to be trusted, or TLS failed otherwise.
        case insecure
        /// It took too long to connect, or the bytes stopped coming.
        case timedOut
        /// The connection ended before the response did.
        case brokenOff
        /// The server answered with a status that isn't success.
        case status(Int)
        /// The server's answer makes no sense.
        case unexpected
    }

    public let cause: Cause
    /// The host that was asked, with the port if it is unusual.
    public let host: String
    /// What libcurl or the server said.
    public let detail: String

    public init(_ cause: Cause, host: String, detail: String = "") {
        self.cause = cause
        self.host = host
        self.detail = detail
    }

    /// Whether the same request may well succeed a moment later.
    public var isTransient: Bool {
        switch cause {
        case .brokenOff, .timedOut: true
        case .status(let status): status == 429 || status >= 500
        case .hostNotFound, .noConnection, .insecure, .unexpected: false
        }
    }

    public var description: String {
        switch cause {
        case .hostNotFound:
            "cannot find \(host): check the network connection, or HTTPS_PROXY if this network needs one"
        case .noConnection:
            "\(host) does not answer\(parenthesis): check the network connection and HTTPS_PROXY, or try again later"
        case .insecure:
            "no secure connection to \(host)\(parenthesis): check the clock and the system's certificates "
                + "(package ca-certificates), or name a certificate file in SSL_CERT_FILE"
        case .timedOut:
            "\(host) took too long\(parenthesis): check the network connection, then run the same command again"
        case .brokenOff:
            "the connection to \(host) broke off\(parenthesis): run the same command again"
        case .status(401), .status(403):
            "\(host) refuses access\(parenthesis): it wants a token that may read this file"
        case .status(404), .status(410):
            "\(host) does not have this file\(parenthesis)"
        case .status(429):
            "\(host) asks to slow down\(parenthesis): try again in a few minutes"
        case .status(let status) where status >= 500:
            "\(host) is in trouble\(parenthesis): try again later"
        case .status:
            "\(host) answered with an error\(parenthesis)"
        case .unexpected:
            "\(host) sent an answer that makes no sense\(parenthesis)"
        }
    }

    private var parenthesis: String {
        switch cause {
        case .status(let status): " (HTTP status \(status))"
        default: detail.isEmpty ? "" : " (\(detail))"
        }
    }
}
