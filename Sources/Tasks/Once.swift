/// A value that is made when it is first asked for, and then kept.
actor Once<Value: Sendable> {
    private var made: Value?

    func value(_ make: @Sendable () async throws -> Value) async throws -> Value {
        if let made { return made }
        let value = try await make()
        made = value
        return value
    }
}
