import Foundation

/// Where a URL leads: scheme, host and port (RFC 6454). Two URLs of one origin belong to one server.
public struct Origin: Sendable, Hashable, CustomStringConvertible {
    /// "https" or "http".
    public let scheme: String
    /// In lower case; IPv6 addresses without brackets.
    public let host: String
    public let port: Int

    /// Nil where the URL isn't one of HTTP, or has no host.
    public init?(_ url: String) {
        guard let parts = URLComponents(string: url), let scheme = parts.scheme?.lowercased(),
            scheme == "https" || scheme == "http", let host = parts.host?.lowercased(), !host.isEmpty
        else { return nil }
        self.scheme = scheme
        self.host = host.trimmingCharacters(in: ["[", "]"])
        port = parts.port ?? (scheme == "https" ? 443 : 80)
    }

    public var isSecure: Bool { scheme == "https" }

    /// Whether it is this machine: what is sent there leaves it on no wire.
    public var isThisMachine: Bool {
        host == "localhost" || host.hasSuffix(".localhost") || host == "::1"
            || host.wholeMatch(of: /127\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}/) != nil
    }

    /// The host, with the port if it isn't the scheme's own.
    public var hostAndPort: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port == (isSecure ? 443 : 80) ? name : "\(name):\(port)"
    }

    public var description: String { "\(scheme)://\(hostAndPort)" }
}
