/// The request line and the fields, and what they say about the body.
struct HTTPHead {
    enum Length: Equatable {
        case known(Int)
        case chunked
    }

    /// Without the body.
    var request: HTTPRequest
    var length: Length

    /// - Parameter bytes: the head with the empty line at its end.
    init(bytes: ArraySlice<UInt8>) throws(HTTPFault) {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw .malformed("the request's head is not UTF-8")
        }
        var lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
            .map { Substring($0.last == 0x0D ? $0.dropLast() : $0) }[...]
        while lines.last?.isEmpty == true { lines.removeLast() }
        guard let first = lines.popFirst() else { throw .malformed("expected a request line, found none") }
        let words = first.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 3, !words[0].isEmpty, !words[1].isEmpty else {
            throw .malformed("expected a request line of method, target and version")
        }
        guard words[2] == "HTTP/1.1" || words[2] == "HTTP/1.0" else {
            throw .unsupported("the protocol is HTTP/1.1, not \(words[2].prefix(20))")
        }
        var fields: HTTPFields = [:]
        for line in lines {
            let field = try Self.field(line)
            fields.append(field.value, for: field.name)
        }
        request = HTTPRequest(method: String(words[0]), path: Self.path(of: words[1]), fields: fields)
        length = try Self.length(fields)
        let connection = fields.values(of: "Connection").joined(separator: ",").lowercased()
        request.takesChunks = words[2] == "HTTP/1.1"
        request.keepsAlive = request.takesChunks && !connection.contains("close")
        if words[2] == "HTTP/1.1", fields.values(of: "Host").count != 1 {
            throw .malformed("expected one Host field, found \(fields.values(of: "Host").count)")
        }
    }

    private static func field(_ line: Substring) throws(HTTPFault) -> HTTPFields.Field {
        let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[0].contains(where: { $0 == " " || $0 == "\t" }) else {
            throw .malformed("expected a field of name and value, found \"\(line.prefix(40))\"")
        }
        guard !line.utf8.contains(where: { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F }) else {
            throw .malformed("expected no control characters in a field, found one in \(parts[0].prefix(40))")
        }
        let value = parts[1].drop { $0 == " " || $0 == "\t" }
        let end = value.lastIndex { $0 != " " && $0 != "\t" }.map { value.index(after: $0) } ?? value.startIndex
        return HTTPFields.Field(name: String(parts[0]), value: String(value[..<end]))
    }

    private static func length(_ fields: HTTPFields) throws(HTTPFault) -> Length {
        let (lengths, codings) = (fields.values(of: "Content-Length"), fields.values(of: "Transfer-Encoding"))
        guard codings.isEmpty || lengths.isEmpty else {
            throw .malformed("expected Content-Length or Transfer-Encoding, found both")
        }
        if let coding = codings.first {
            guard codings.count == 1, coding.lowercased() == "chunked" else {
                throw .unsupported("the only Transfer-Encoding is chunked, not \(codings.joined(separator: ", "))")
            }
            return .chunked
        }
        guard let first = lengths.first else { return .known(0) }
        guard Set(lengths).count == 1, !first.isEmpty, first.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let length = Int(first)
        else { throw .malformed("expected a number as Content-Length, found \"\(first.prefix(40))\"") }
        return .known(length)
    }

    /// A target's path, percent-decoded; what is no valid escape stays.
    private static func path(of target: Substring) -> String {
        var path = target.prefix { $0 != "?" && $0 != "#" }
        if path.hasPrefix("http://"), let slash = path.dropFirst(7).firstIndex(of: "/") { path = path[slash...] }
        var bytes: [UInt8] = []
        var rest = Array(path.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16),
                rest.count >= 2
            {
                bytes.append(value)
                rest.removeFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
