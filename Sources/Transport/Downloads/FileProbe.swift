/// What a server says of a file before it is fetched: its size, and its first bytes.
public struct FileProbe: Sendable, Equatable {
    /// Nil if the server doesn't say.
    public var bytes: Int?
    /// The beginning of the file.
    public var head: [UInt8]

    /// Asks for the first bytes only; a server that sends everything is interrupted.
    ///
    /// - Parameters:
    ///   - headBytes: how many of the first bytes are wanted.
    ///   - retries: what becomes of a request that the server turns away.
    /// - Throws: ``TransportError``, also for a status that isn't success; `CancellationError`.
    public init(
        _ request: HTTPRequest, headBytes: Int, client: HTTPClient, retries: RetryPolicy = RetryPolicy(),
        cancellation: Cancellation
    ) throws {
        var request = request
        request.headers.append(("Range", "bytes=0-\(headBytes - 1)"))
        let (response, head) = try retries.run(cancellation: cancellation) {
            try Self.beginning(of: request, headBytes, client: client, cancellation: cancellation)
        }
        bytes = try Self.size(of: response, host: request.host)
        self.head = bytes == 0 ? [] : head
    }

    private enum Enough: Error {
        case enough
    }

    private static func beginning(
        of request: HTTPRequest, _ headBytes: Int, client: HTTPClient, cancellation: Cancellation
    ) throws -> (head: HTTPResponse, answer: [UInt8]) {
        var (response, head) = (HTTPResponse(status: 0), [UInt8]())
        do {
            try client.get(
                request, cancellation: cancellation, begin: { response = $0 },
                receive: { bytes in
                    head += bytes.prefix(headBytes - head.count)
                    if head.count >= headBytes { throw Enough.enough }
                })
        } catch Enough.enough {}
        return (response, head)
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
