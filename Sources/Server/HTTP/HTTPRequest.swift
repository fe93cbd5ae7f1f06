/// One request of a client, complete.
struct HTTPRequest: Sendable, Equatable {
    /// As it was sent: "GET", "POST".
    var method: String
    /// The target's path, percent-decoded, without the query.
    var path: String
    var fields: HTTPFields
    var body: [UInt8] = []
    /// Whether the client wants to send further requests through the same connection.
    var keepsAlive = true
    /// Whether the client understands a body in chunks; otherwise the end of the connection is the body's.
    var takesChunks = true
}

/// The header fields of a message, in their order. Names are compared without regard to case.
struct HTTPFields: Sendable, Equatable, ExpressibleByDictionaryLiteral {
    struct Field: Sendable, Equatable {
        var name: String
        var value: String
    }

    private(set) var all: [Field] = []

    init(dictionaryLiteral elements: (String, String)...) {
        all = elements.map { Field(name: $0, value: $1) }
    }

    /// The first value of this name.
    subscript(name: String) -> String? { values(of: name).first }

    func values(of name: String) -> [String] {
        let name = name.lowercased()
        return all.filter { $0.name.lowercased() == name }.map(\.value)
    }

    mutating func append(_ value: String, for name: String) {
        all.append(Field(name: name, value: value))
    }
}
