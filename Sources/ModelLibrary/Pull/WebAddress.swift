import Foundation
import Transport

/// The address of a file on any server: over TLS, or on this machine.
public struct WebAddress: Sendable, Equatable {
    public let url: String
    private let components: URLComponents

    /// - Throws: ``WebError``.
    public init(_ url: String) throws(WebError) {
        guard var components = URLComponents(string: url), let host = components.host, !host.isEmpty,
            let scheme = components.scheme?.lowercased(), scheme == "https" || scheme == "http"
        else { throw .malformed(url: url) }
        guard components.user == nil, components.password == nil else { throw .withPassword(host: host) }
        guard Self.isPrivate(url) else { throw .inTheClear(host: host) }
        components.fragment = nil
        guard let address = components.string else { throw .malformed(url: url) }
        self.url = address
        self.components = components
    }

    /// With the port if it is unusual.
    public var host: String { request.host }

    /// Without the query, which may hold a secret.
    public var shownURL: String {
        var shown = components
        shown.query = nil
        return shown.string ?? host
    }

    /// The last name of its path.
    var fileName: String { (components.path as NSString).lastPathComponent }

    var request: HTTPRequest { HTTPRequest(url: url) }

    /// Where another file in the same folder is.
    func sibling(_ name: String) throws(WebError) -> WebAddress {
        var other = components
        other.path = (components.path as NSString).deletingLastPathComponent.appending("/" + name)
            .replacing("//", with: "/")
        return try WebAddress(other.string ?? "")
    }

    /// Whether nobody on the way can read what is sent: over TLS, or not off this machine.
    static func isPrivate(_ url: String) -> Bool {
        Origin(url).map { $0.isSecure || $0.isThisMachine } ?? false
    }
}
