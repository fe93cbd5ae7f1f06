/// What a server says of a file before it is fetched: its size, and its first bytes.
public struct FileProbe: Sendable, Equatable {
    /// Nil if the server doesn't say.
    public var bytes: Int?
    /// The beginning of the file.
    public var head: [UInt8]

    /// Asks for the first bytes only; a server that sends everything is interrupted.
    ///
    /// - Parameter headBytes: how many of the first bytes are wanted.
    /// - Throws: ``TransportError``, `CancellationError`.
    public init(
        _ request: HTTPRequest, headBytes: Int, client: HTTPClient, cancellation: Cancellation
    ) throws {
        var request = request
        request.headers.append(("Range", "bytes=0-\(headBytes - 1)"))
        let host = request.host
        var found = FileProbe(bytes: nil, head: [])
        do {
            try client.get(
                request, cancellation: cancellation,
                begin: { found.bytes = try Self.size(of: $0, host: host) },
                receive: { bytes in
                    found.head += bytes.prefix(headBytes - found.head.count)
                    if found.head.count >= headBytes { throw Enough.enough }
                })
        } catch Enough.enough {}
        self = found
    }

    private init(bytes: Int?, head: [UInt8]) {
        self.bytes = bytes
        self.head = head
    }

    private enum Enough: Error {
        case enough
    }

    private static func size(of response: HTTPResponse, host: String) throws -> Int? {
        switch response.status {
        case 200: response.headers["content-length"].flatMap { Int($0) }
        case 206: response.headers["content-range"].flatMap { ContentRange($0) }?.total
        // The range lies beyond the end: there is nothing.
        case 416: 0
        case let status: throw TransportError(.status(status), host: host)
        }
    }
}
