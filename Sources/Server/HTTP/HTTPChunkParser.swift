/// Puts a body together that comes in chunks. Source: RFC 9112, section 7.1.
struct HTTPChunkParser {
    private enum Expectation {
        case size
        case data(Int)
        /// The line end behind a chunk.
        case dataEnd
        /// Fields behind the last chunk, up to an empty line; nobody reads them.
        case trailer
        case nothing
    }

    private static let longestLine = 4096

    private(set) var body: [UInt8] = []
    private var expectation = Expectation.size

    var isComplete: Bool {
        if case .nothing = expectation { true } else { false }
    }

    /// Takes what is there of the body.
    /// - Returns: the number of bytes taken.
    mutating func read(_ bytes: ArraySlice<UInt8>, limit: Int) throws(HTTPFault) -> Int {
        var rest = bytes
        while true {
            switch expectation {
            case .size:
                guard let line = try Self.line(&rest) else { return bytes.count - rest.count }
                let digits = line.prefix { $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: " ") }
                let text = String(decoding: digits, as: UTF8.self)
                guard text.utf8.count <= 8, text.first?.isHexDigit == true, let size = Int(text, radix: 16) else {
                    throw .malformed("expected a chunk's size, found \"\(text.prefix(20))\"")
                }
                guard body.count + size <= limit else { throw .bodyTooLarge(limit: limit) }
                expectation = size == 0 ? .trailer : .data(size)
            case .data(let size):
                guard !rest.isEmpty else { return bytes.count - rest.count }
                let part = rest.prefix(size)
                body += part
                rest = rest.dropFirst(part.count)
                expectation = part.count == size ? .dataEnd : .data(size - part.count)
            case .dataEnd:
                guard let line = try Self.line(&rest) else { return bytes.count - rest.count }
                guard line.isEmpty else { throw .malformed("expected the end of a chunk, found more of it") }
                expectation = .size
            case .trailer:
                guard let line = try Self.line(&rest) else { return bytes.count - rest.count }
                if line.isEmpty { expectation = .nothing }
            case .nothing:
                return bytes.count - rest.count
            }
        }
    }

    /// Takes one line, without its end; nil if it isn't all there.
    private static func line(_ rest: inout ArraySlice<UInt8>) throws(HTTPFault) -> ArraySlice<UInt8>? {
        guard let end = rest.prefix(longestLine).firstIndex(of: 0x0A) else {
            guard rest.count < longestLine else { throw .malformed("a line between chunks is too long") }
            return nil
        }
        let line = rest[rest.startIndex..<end]
        rest = rest[(end + 1)...]
        return line.last == 0x0D ? line.dropLast() : line
    }
}
