/// Reads server-sent events from a response's bytes, however they are cut into pieces.
///
/// A pure state machine: it does no I/O and keeps only the line and the event that aren't complete.
///
/// Source: HTML Living Standard, section 9.2, "Server-sent events", https://html.spec.whatwg.org/multipage/server-sent-events.html
public struct EventStreamParser: Sendable {
    /// One event.
    public struct Event: Sendable, Equatable {
        /// "message" unless the server names another type.
        public var type: String
        /// The lines of data, joined by line feeds.
        public var data: String

        public init(type: String = "message", data: String) {
            self.type = type
            self.data = data
        }
    }

    /// What came of some bytes, in order.
    public enum Output: Sendable, Equatable {
        case event(Event)
        /// A line that says nothing but that the server is still there.
        case comment(String)
    }

    /// A line or an event is longer than this.
    public struct TooLong: Error, Equatable, CustomStringConvertible {
        public let limit: Int
        public var description: String { "an event of more than \(limit) bytes" }
    }

    /// Bytes that one event may have.
    private let limit: Int
    private var line: [UInt8] = []
    private var type = ""
    private var data: [UInt8] = []
    private var hasData = false
    /// A carriage return ended the last line: a line feed behind it belongs to it.
    private var isAfterCarriageReturn = false
    private var isFirstLine = true

    public init(limit: Int = 16 << 20) {
        self.limit = limit
    }

    /// Takes the next bytes. Amortized O(n).
    ///
    /// - Throws: ``TooLong``.
    public mutating func append(_ bytes: some Sequence<UInt8>) throws(TooLong) -> [Output] {
        var output: [Output] = []
        for byte in bytes {
            let followsCarriageReturn = isAfterCarriageReturn
            isAfterCarriageReturn = byte == UInt8(ascii: "\r")
            switch byte {
            case UInt8(ascii: "\n") where followsCarriageReturn: break
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"): endLine(&output)
            default:
                line.append(byte)
                if line.count + data.count > limit { throw TooLong(limit: limit) }
            }
        }
        return output
    }

    /// What an ended stream leaves: an event whose empty line is missing. The standard drops it; servers that just close
    /// after their last event meant it.
    public mutating func finish() -> [Output] {
        var output: [Output] = []
        if !line.isEmpty { endLine(&output) }
        dispatch(&output)
        return output
    }

    private mutating func endLine(_ output: inout [Output]) {
        var bytes = line[...]
        if isFirstLine, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
        isFirstLine = false
        defer { line.removeAll(keepingCapacity: true) }
        guard !bytes.isEmpty else { return dispatch(&output) }
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else { return take(field: bytes, value: []) }
        var value = bytes[(colon + 1)...]
        if value.first == UInt8(ascii: " ") { value = value.dropFirst() }
        if colon == bytes.startIndex {
            output.append(.comment(String(decoding: value, as: UTF8.self)))
        } else {
            take(field: bytes[..<colon], value: value)
        }
    }

    /// Identifiers and reconnection times are for streams that are resumed, which answers can't be.
    private mutating func take(field: ArraySlice<UInt8>, value: ArraySlice<UInt8>) {
        switch String(decoding: field, as: UTF8.self) {
        case "data":
            if hasData { data.append(UInt8(ascii: "\n")) }
            data += value
            hasData = true
        case "event":
            type = String(decoding: value, as: UTF8.self)
        default: break
        }
    }

    private mutating func dispatch(_ output: inout [Output]) {
        if hasData {
            output.append(
                .event(Event(type: type.isEmpty ? "message" : type, data: String(decoding: data, as: UTF8.self))))
        }
        type = ""
        data.removeAll(keepingCapacity: true)
        hasData = false
    }
}
