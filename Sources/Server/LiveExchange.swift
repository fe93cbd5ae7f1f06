/// An exchange with a client that is connected.
actor LiveExchange: Exchange {
    private let connection: Connection
    private let keepsAlive: Bool
    private let takesChunks: Bool
    /// Fields that every response carries.
    private let commonFields: HTTPFields
    private(set) var record: AccessRecord
    private(set) var hasBegun = false

    init(_ connection: Connection, for request: HTTPRequest, commonFields: HTTPFields, record: AccessRecord) {
        self.connection = connection
        (keepsAlive, takesChunks) = (request.keepsAlive, request.takesChunks)
        self.commonFields = commonFields
        self.record = record
    }

    func send(_ response: HTTPResponse) async throws {
        try await begin(
            response.status, response.fields, bodyEnd: .length(response.body.count), body: response.body)
    }

    func beginEvents() async throws {
        // Proxies must not hold the events back.
        let fields: HTTPFields = [
            "Content-Type": "text/event-stream; charset=utf-8", "Cache-Control": "no-cache", "X-Accel-Buffering": "no",
        ]
        try await begin(.ok, fields, bodyEnd: takesChunks ? .lastChunk : .connection)
    }

    func sendEvent(_ data: [UInt8]) async throws {
        let event = Array("data: ".utf8) + data + Array("\n\n".utf8)
        try await connection.write(takesChunks ? HTTPEncoding.chunk(event) : event)
    }

    func endEvents() async throws {
        if takesChunks { try await connection.write(HTTPEncoding.lastChunk) }
    }

    func note(_ change: @Sendable (inout AccessRecord) -> Void) {
        change(&record)
    }

    private func begin(
        _ status: HTTPStatus, _ fields: HTTPFields, bodyEnd: HTTPEncoding.BodyEnd, body: [UInt8] = []
    ) async throws {
        hasBegun = true
        record.status = status.rawValue
        var fields = fields
        for field in commonFields.all { fields.append(field.value, for: field.name) }
        try await connection.write(
            HTTPEncoding.head(status, fields, bodyEnd: bodyEnd, keepsAlive: keepsAlive) + body)
    }
}
