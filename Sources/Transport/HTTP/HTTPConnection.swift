import CCurl
import Synchronization

/// libcurl's handles for one transfer at a time. Between transfers they keep the connection, so that the next one needs
/// no lookup, no handshakes.
///
/// Belongs to one thread at a time.
final class HTTPConnection: @unchecked Sendable {
    let curl: UnsafeMutableRawPointer
    let multi: UnsafeMutableRawPointer

    /// - Throws: ``TransportError`` where libcurl is missing or can't start.
    init(host: String) throws {
        guard ccurl_load() != 0 else {
            let library = String(cString: ccurl_library_name())
            throw TransportError(
                .unexpected, host: host, detail: "\(library) is missing or cannot start; install libcurl")
        }
        guard let curl = ccurl_init() else {
            throw TransportError(.unexpected, host: host, detail: "libcurl cannot start")
        }
        guard let multi = ccurl_multi_init() else {
            ccurl_cleanup(curl)
            throw TransportError(.unexpected, host: host, detail: "libcurl cannot start")
        }
        self.curl = curl
        self.multi = multi
    }

    deinit {
        ccurl_multi_cleanup(multi)
        ccurl_cleanup(curl)
    }
}

/// Connections that wait for their next request. A connection whose transfer failed or was cancelled isn't kept: closing
/// it tells the server that nobody listens any more.
public final class HTTPConnectionPool: Sendable {
    private let idle = Mutex<[HTTPConnection]>([])
    private let limit: Int

    /// - Parameter limit: how many are kept.
    public init(limit: Int = 4) {
        self.limit = limit
    }

    /// - Throws: ``TransportError``.
    func take(host: String) throws -> HTTPConnection {
        try idle.withLock { $0.popLast() } ?? HTTPConnection(host: host)
    }

    func give(back connection: HTTPConnection) {
        ccurl_reset(connection.curl)
        idle.withLock { idle in
            if idle.count < limit { idle.append(connection) }
        }
    }
}
