extension HTTPClient {
    /// GETs a response that is small enough to be held in memory, of any status.
    ///
    /// - Parameter limit: bytes that the body may have.
    /// - Throws: ``TransportError``, also for a body that is longer; `CancellationError`.
    public func body(
        of request: HTTPRequest, limit: Int, cancellation: Cancellation
    ) throws -> (response: HTTPResponse, body: [UInt8]) {
        var result: (response: HTTPResponse, body: [UInt8]) = (HTTPResponse(status: 0), [])
        try get(
            request, cancellation: cancellation,
            begin: { result.response = $0 },
            receive: { bytes in
                guard result.body.count + bytes.count <= limit else {
                    throw TransportError(.unexpected, host: request.host, detail: "more than \(limit) bytes")
                }
                result.body += bytes
            })
        return result
    }
}
