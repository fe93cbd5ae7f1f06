import CCurl

/// When the steps of a request were done, from its start, by this machine's clock. Steps that weren't needed or aren't
/// done yet are nil.
public struct HTTPTimings: Sendable, Equatable {
    public var lookedUp: Duration?
    public var connected: Duration?
    public var secured: Duration?
    public var sent: Duration?
    public var firstByte: Duration?
    /// Whether a connection that was open already carries the request.
    public var reusedConnection = false
    /// "HTTP/1.1", "HTTP/2"; nil before there is a response.
    public var version: String?

    public init() {}
}

extension HTTPTimings {
    /// What libcurl knows at this moment. When the request was sent it doesn't say.
    init(_ curl: UnsafeMutableRawPointer, sent: Duration?) {
        func time(_ info: CURLINFO) -> Duration? {
            let microseconds = ccurl_time(curl, info)
            return microseconds > 0 ? .microseconds(microseconds) : nil
        }
        let isConnected = time(CURLINFO_PRETRANSFER_TIME_T) != nil
        reusedConnection = isConnected && ccurl_connection_count(curl) == 0
        if !reusedConnection {
            lookedUp = time(CURLINFO_NAMELOOKUP_TIME_T)
            connected = time(CURLINFO_CONNECT_TIME_T)
            secured = time(CURLINFO_APPCONNECT_TIME_T)
        }
        firstByte = time(CURLINFO_STARTTRANSFER_TIME_T)
        // That it was sent may be noticed only when the answer is there.
        self.sent = [sent, sent == nil ? nil : firstByte].compactMap { $0 }.min()
        if firstByte != nil { version = Self.name(ofVersion: ccurl_http_version(curl)) }
    }

    private static func name(ofVersion version: Int) -> String? {
        switch version {
        case Int(CURL_HTTP_VERSION_1_0): "HTTP/1.0"
        case Int(CURL_HTTP_VERSION_1_1): "HTTP/1.1"
        case Int(CURL_HTTP_VERSION_2_0): "HTTP/2"
        case Int(CURL_HTTP_VERSION_3): "HTTP/3"
        default: nil
        }
    }
}
