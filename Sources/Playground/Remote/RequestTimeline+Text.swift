import Chat
import Screen

extension RequestTimeline {
    /// What a request waits for, such as "connecting to models.example…".
    /// - Parameter timeline: nil before anything was heard of the request.
    static func waiting(_ timeline: RequestTimeline?, for server: ModelServer) -> String {
        let host = server.shownHost
        guard let timeline else { return "asking \(host)…" }
        switch timeline.awaited {
        case .waiting: return "waiting to ask \(host) again…"
        case .nameLookup: return "looking up \(host)…"
        case .connect: return "connecting to \(host)…"
        case .secure: return "agreeing on TLS with \(host)…"
        case .send:
            let isSecuring = server.isSecure && timeline.secured == nil && !timeline.reusedConnection
            return isSecuring ? "agreeing on TLS with \(host)…" : "sending the request to \(host)…"
        case .firstByte: return "\(host) has the request; waiting for its first byte…"
        case .firstToken, nil: return "\(host) answers; waiting for its first token…"
        }
    }

    /// "turned away twice, waited 3.00 s"; nil for a request that was taken at once.
    var retries: String? {
        guard attempts > 1 else { return nil }
        let waited = started > .zero ? ", waited \(Figures.duration(started).text)" : ""
        let times = [2: "once", 3: "twice"][attempts] ?? "\(attempts - 1) times"
        return "turned away \(times)\(waited)"
    }

    /// "HTTP/2, a new connection", as far as it is known.
    var connection: String {
        let way = reusedConnection ? "reused connection: no lookup, connect or TLS" : "new connection"
        return [httpVersion.map { VisibleText.of($0).onOneLine }, way, retries].compactMap { $0 }.joined(
            separator: ", ")
    }
}
