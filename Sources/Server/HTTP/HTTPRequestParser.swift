/// Makes requests of a connection's bytes, however they are divided. Pure: it reads nothing and knows no time.
///
/// Source: RFC 9112. What could be understood in two ways, such as two lengths, is refused.
struct HTTPRequestParser {
    /// How much a client may send.
    struct Limits: Sendable, Equatable {
        /// Bytes of the request line and all fields.
        var headBytes = 16 << 10
        var bodyBytes = 8 << 20
    }

    /// Where in a request the bytes so far end.
    enum Stage: Sendable, Equatable {
        /// Between requests.
        case idle
        case head
        case body
    }

    private let limits: Limits
    private var buffer: [UInt8] = []
    /// Bytes of the buffer that were searched for the head's end.
    private var searched = 0
    /// The request whose body is being read.
    private var pending: HTTPHead?
    /// What came of a body in chunks; changed in its place, since it may be long.
    private var chunks = HTTPChunkParser()
    /// Whether the client waits for leave to send the body, until it was given.
    private(set) var awaitsContinue = false

    init(limits: Limits = Limits()) {
        self.limits = limits
    }

    var stage: Stage {
        if pending != nil { return .body }
        return buffer.isEmpty ? .idle : .head
    }

    mutating func append(_ bytes: [UInt8]) {
        buffer += bytes
    }

    mutating func didSendContinue() {
        awaitsContinue = false
    }

    /// The next request; nil until all of it is there.
    /// - Throws: ``HTTPFault``, after which the connection can't be understood any more.
    mutating func next() throws(HTTPFault) -> HTTPRequest? {
        if pending == nil { try readHead() }
        switch pending?.length {
        case .known(let length):
            guard buffer.count >= length else { return nil }
            return finish(body: Array(buffer[..<length]), used: length)
        case .chunked:
            let used = try chunks.read(buffer[...], limit: limits.bodyBytes)
            if chunks.isComplete { return finish(body: chunks.body, used: used) }
            buffer.removeFirst(used)
            return nil
        case nil:
            return nil
        }
    }

    private mutating func finish(body: [UInt8], used: Int) -> HTTPRequest? {
        buffer.removeFirst(used)
        searched = 0
        var request = pending?.request
        request?.body = body
        pending = nil
        chunks = HTTPChunkParser()
        awaitsContinue = false
        return request
    }

    private mutating func readHead() throws(HTTPFault) {
        // An empty line or two before a request are forgiven.
        while searched == 0, let first = buffer.first, first == 0x0D || first == 0x0A { buffer.removeFirst() }
        guard let end = headEnd() else {
            guard buffer.count <= limits.headBytes else { throw .headTooLarge(limit: limits.headBytes) }
            return
        }
        guard end <= limits.headBytes else { throw .headTooLarge(limit: limits.headBytes) }
        let head = try HTTPHead(bytes: buffer[..<end])
        buffer.removeFirst(end)
        if case .known(let length) = head.length, length > limits.bodyBytes {
            throw .bodyTooLarge(limit: limits.bodyBytes)
        }
        awaitsContinue = head.request.fields["Expect"]?.lowercased() == "100-continue"
        pending = head
    }

    /// The index behind the empty line that ends the head.
    private mutating func headEnd() -> Int? {
        var index = max(searched, 1)
        while index < buffer.count {
            if buffer[index] == 0x0A {
                let isEmptyLine =
                    buffer[index - 1] == 0x0A || index >= 2 && buffer[index - 1] == 0x0D && buffer[index - 2] == 0x0A
                if isEmptyLine { return index + 1 }
            }
            index += 1
        }
        searched = buffer.count
        return nil
    }
}

/// Why bytes are no request that this server can take.
enum HTTPFault: Error, Equatable {
    /// What was expected, and what was found.
    case malformed(String)
    case headTooLarge(limit: Int)
    case bodyTooLarge(limit: Int)
    /// A way of sending that this server doesn't know.
    case unsupported(String)
    /// The rest of a request didn't come in time.
    case tooSlow
    /// As many clients are connected as may be.
    case tooMany
}
