import Foundation

/// What is asked for.
public struct HTTPRequest: Sendable {
    /// What becomes of a response that says to look elsewhere.
    public enum Redirects: Sendable, Equatable {
        /// They are followed, up to ten. A request over TLS never continues without it, and an `Authorization` header
        /// never travels to another host.
        case follow
        /// They are answers like others: nothing is sent to where they point.
        case refuse
    }

    public var url: String
    /// Name and value, in this order.
    public var headers: [(name: String, value: String)]
    /// What is posted; nil asks with GET.
    public var body: [UInt8]?
    public var redirects: Redirects

    public init(
        url: String, headers: [(name: String, value: String)] = [], body: [UInt8]? = nil,
        redirects: Redirects = .follow
    ) {
        self.url = url
        self.headers = headers
        self.body = body
        self.redirects = redirects
    }

    /// The URL's host, with the port if it names one; the URL itself if it has none.
    public var host: String {
        guard let parts = URLComponents(string: url), let host = parts.host, !host.isEmpty else { return url }
        return parts.port.map { "\(host):\($0)" } ?? host
    }
}

/// The head of a response.
public struct HTTPResponse: Sendable, Equatable {
    public var status: Int
    /// Names in lower case.
    public var headers: [String: String]
    /// Where a redirect that wasn't followed points to.
    public var redirect: String?

    public init(status: Int, headers: [String: String] = [:], redirect: String? = nil) {
        self.status = status
        self.headers = headers
        self.redirect = redirect
    }
}
