/// How a server is reached, and what it lets through.
public struct ServerConfiguration: Sendable {
    public var host = "127.0.0.1"
    /// 0 for a port that the system chooses.
    public var port: UInt16 = 8080
    /// What requests have to carry as a bearer token; nil for none.
    public var key: String?
    /// Where the key comes from, as an error calls it.
    public var keySource = "the API key"
    /// Whether a server that other machines reach may go without a key.
    public var allowsStrangers = false
    /// Requests for each model that may wait.
    public var queueCapacity = 64
    /// Web pages of these origins may use the server; "*" is all.
    public var allowedOrigins: [String] = []
    /// How long running answers may go on once the server is to end.
    public var grace = Duration.seconds(5)
    /// Clients at a time; more are sent away.
    public var mostConnections = 256

    public init() {}

    /// Whether only this machine reaches the server.
    public var isLoopback: Bool { HostName.isLoopback(host) }

    /// - Throws: ``ServerError`` for a key that no client could send, or none where there must be one.
    func check() throws(ServerError) {
        if let key, key.isEmpty || !key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) {
            throw .badKey(keySource)
        }
        guard isLoopback || key != nil || allowsStrangers else { throw .keyMissing(host: host) }
    }
}

/// The name of a host, as an address, a URL or a Host field gives it.
enum HostName {
    /// Whether it can only mean this machine.
    static func isLoopback(_ host: String) -> Bool {
        let host = host.lowercased()
        if host == "localhost" || host == "::1" || host == "[::1]" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    /// A Host field without the port.
    static func withoutPort(_ field: String) -> String {
        if field.hasPrefix("["), let end = field.firstIndex(of: "]") { return String(field[...end]) }
        return String(field.prefix { $0 != ":" })
    }
}
