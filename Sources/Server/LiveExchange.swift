/// An exchange with a client that is connected.
actor LiveExchange: Exchange {
    private let connection: Connection
    private let keepsAlive: Bool
    /// Fields that every response carries.
    private let commonFields: HTTPFields
    private(set) var record: AccessRecord
    private(set) var hasBegun = false

    init(_ connection: Connection, keepsAlive: Bool, commonFields: HTTPFields, record: AccessRecord) {
        self.connection = connection
        self.keepsAlive = keepsAlive
        self.commonFields = commonFields
        self.record = record
    }

    func send(_ response: HTTPResponse) async throws {
        try await begin(response.status, response.fields, length: response.body.count, body: response.body)
    }

    func beginEvents() async throws {
        // Proxies must not hold the events back.
        let fields: HTTPFields = [
            "Content-Type": "text/event-stream; charset=utf-8", "Cache-Control": "no-cache", "X-Accel-Buffering": "no",
        ]
        try await begin(.ok, fields, length: nil)
    }

    func sendEvent(_ data: [UInt8]) async throws {
        try await connection.write(HTTPEncoding.chunk(Array("data: ".utf8) + data + Array("\n\n".utf8)))
    }

    func endEvents() async throws {
        try await connection.write(HTTPEncoding.lastChunk)
    }

    func note(_ change: @Sendable (inout AccessRecord) -> Void) {
        change(&record)
    }

    private func begin(
        _ status: HTTPStatus, _ fields: HTTPFields, length: Int?, body: [UInt8] = []
    ) async throws {
        hasBegun = true
        record.status = status.rawValue
        var fields = fields
        for field in commonFields.all { fields.append(field.value, for: field.name) }
        try await connection.write(
            HTTPEncoding.head(status, fields, length: length, keepsAlive: keepsAlive) + body)
    }
}
