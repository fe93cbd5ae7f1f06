import Foundation

/// Why a server can't begin, in one line with what to do about it.
public enum ServerError: Error, Equatable {
    /// The address is none of this machine's, or no address.
    case badHost(String)
    case portTaken(host: String, port: UInt16)
    case portRefused(host: String, port: UInt16)
    /// Beyond loopback, anybody could use the models.
    case keyMissing(host: String)
    case badKey(String)
    case sameName(String)
    /// A call of the system failed, with its `errno`.
    case system(String, code: Int32)
}

extension ServerError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .badHost(let host):
            "\"\(host)\" is no address to serve on; expected localhost or one of this machine's IPv4 or IPv6 addresses, "
                + "such as 127.0.0.1, or 0.0.0.0 for all of them"
        case .portTaken(let host, let port):
            "port \(port) of \(host) is taken; stop what listens there, or choose another with --port"
        case .portRefused(let host, let port):
            "port \(port) of \(host) may not be used; choose one above 1023 with --port"
        case .keyMissing(let host):
            "\(host) can be reached from other machines; give a key with --api-key-file or DIPTYCH_API_KEY, or say "
                + "--no-key if everybody may use the models"
        case .badKey(let source):
            "\(source): expected a key of visible ASCII characters without blanks; put one there, and nothing else"
        case .sameName(let name):
            "two models are called \"\(name)\"; serve one of them, or rename its file"
        case .system(let action, let code):
            "can't \(action): \(String(cString: strerror(code)))"
        }
    }
}
