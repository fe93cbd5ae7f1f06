import Foundation

/// What a client is answered, in one piece.
struct HTTPResponse: Sendable, Equatable {
    var status: HTTPStatus
    var fields: HTTPFields = [:]
    var body: [UInt8] = []
}

/// The statuses that this server answers with.
enum HTTPStatus: Int, Sendable {
    case ok = 200
    case noContent = 204
    case badRequest = 400
    case unauthorized = 401
    case forbidden = 403
    case notFound = 404
    case methodNotAllowed = 405
    case requestTimeout = 408
    case contentTooLarge = 413
    case tooManyRequests = 429
    case fieldsTooLarge = 431
    case internalServerError = 500
    case notImplemented = 501
    case unavailable = 503

    /// Source: RFC 9110, section 15; RFC 6585.
    var phrase: String {
        switch self {
        case .ok: "OK"
        case .noContent: "No Content"
        case .badRequest: "Bad Request"
        case .unauthorized: "Unauthorized"
        case .forbidden: "Forbidden"
        case .notFound: "Not Found"
        case .methodNotAllowed: "Method Not Allowed"
        case .requestTimeout: "Request Timeout"
        case .contentTooLarge: "Content Too Large"
        case .tooManyRequests: "Too Many Requests"
        case .fieldsTooLarge: "Request Header Fields Too Large"
        case .internalServerError: "Internal Server Error"
        case .notImplemented: "Not Implemented"
        case .unavailable: "Service Unavailable"
        }
    }
}

/// A response as bytes. Source: RFC 9112.
enum HTTPEncoding {
    /// How a client knows where the body ends.
    enum BodyEnd: Equatable {
        case length(Int)
        case lastChunk
        /// The connection ends with it.
        case connection
    }

    /// - Parameter date: now, as fields of a response have it.
    static func head(
        _ status: HTTPStatus, _ fields: HTTPFields, bodyEnd: BodyEnd, keepsAlive: Bool, date: String = currentDate
    ) -> [UInt8] {
        var lines = ["HTTP/1.1 \(status.rawValue) \(status.phrase)", "Date: \(date)"]
        lines += fields.all.map { "\($0.name): \($0.value)" }
        switch bodyEnd {
        // A response without a body has no length either.
        case .length(let length): if status != .noContent { lines.append("Content-Length: \(length)") }
        case .lastChunk: lines.append("Transfer-Encoding: chunked")
        case .connection: break
        }
        lines.append("Connection: \(keepsAlive && bodyEnd != .connection ? "keep-alive" : "close")")
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }

    /// As in "Sun, 06 Nov 1994 08:49:37 GMT".
    static var currentDate: String {
        var now = time(nil)
        var parts = tm()
        gmtime_r(&now, &parts)
        let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        func digits(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(days[Int(parts.tm_wday)]), \(digits(parts.tm_mday)) \(months[Int(parts.tm_mon)]) "
            + "\(parts.tm_year + 1900) \(digits(parts.tm_hour)):\(digits(parts.tm_min)):\(digits(parts.tm_sec)) GMT"
    }

    /// One chunk of a body; not for an empty one, which would end it.
    static func chunk(_ bytes: [UInt8]) -> [UInt8] {
        Array(String(bytes.count, radix: 16).utf8) + lineEnd + bytes + lineEnd
    }

    static let lastChunk = Array("0\r\n\r\n".utf8)
    static let goAhead = Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)
    private static let lineEnd = Array("\r\n".utf8)
}
