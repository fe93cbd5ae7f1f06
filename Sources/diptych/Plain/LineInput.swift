import Foundation

/// Lines from a terminal, whose own line editing is used, or from a file or a pipe.
///
/// A line that ends in a backslash goes on with the next one; an even number of backslashes is text.
struct LineInput: Sendable {
    /// What reading came to.
    enum Reading: Sendable, Equatable {
        /// Without the line break.
        case line(String)
        /// Goes on with the next line.
        case begun(String)
        /// A line that is left out, and why.
        case failed(String)
        /// No line will come any more, and why.
        case lost(String)
        case end
    }

    /// A line may have this many bytes, so that an endless one can't take the memory.
    static let limit = 16 << 20

    let isTerminal: Bool
    /// Blocks until there are bytes; an empty array is the end.
    private let read: @Sendable () throws -> [UInt8]
    private let buffer = LineBuffer()

    init(isTerminal: Bool, read: @escaping @Sendable () throws -> [UInt8]) {
        self.isTerminal = isTerminal
        self.read = read
    }

    init(descriptor: Int32) {
        self.init(isTerminal: isatty(descriptor) == 1) {
            var bytes = [UInt8](repeating: 0, count: 1 << 16)
            while true {
                let count = Foundation.read(descriptor, &bytes, bytes.count)
                if count >= 0 { return Array(bytes[..<count]) }
                if errno != EINTR { throw CommandFailure(message: String(cString: strerror(errno))) }
            }
        }
    }

    /// The next line. Blocks; only one thread may read.
    func next() -> Reading {
        do {
            while true {
                if let line = buffer.takeLine(limit: Self.limit) { return Self.reading(line) }
                let bytes = try read()
                if bytes.isEmpty { return buffer.takeRest().map { Self.reading($0) } ?? .end }
                buffer.append(bytes)
            }
        } catch {
            return .lost("standard input: \(String(oneLine: error))")
        }
    }

    private static func reading(_ bytes: [UInt8]) -> Reading {
        guard bytes.count <= limit else {
            return .failed(
                "standard input: expected lines of up to \(limit) bytes, found a longer one; /read takes files")
        }
        guard var line = String(validating: bytes, as: UTF8.self) else {
            return .failed("standard input: expected UTF-8 text, found other bytes; the line is left out")
        }
        if line.hasSuffix("\r") { line.removeLast() }
        let backslashes = line.reversed().prefix { $0 == "\\" }.count
        return backslashes.isMultiple(of: 2) ? .line(line) : .begun(String(line.dropLast()))
    }
}

/// Bytes that were read and aren't a line yet. Used by one thread at a time.
private final class LineBuffer: @unchecked Sendable {
    private var bytes: [UInt8] = []
    /// How many of them hold no line break.
    private var searched = 0

    func append(_ new: [UInt8]) { bytes += new }

    /// A line; of one that is too long, what is there of it.
    func takeLine(limit: Int) -> [UInt8]? {
        guard let end = bytes[searched...].firstIndex(of: UInt8(ascii: "\n")) else {
            searched = bytes.count
            guard bytes.count > limit else { return nil }
            return takeRest()
        }
        defer {
            bytes.removeSubrange(...end)
            searched = 0
        }
        return Array(bytes[..<end])
    }

    /// What stands behind the last line break.
    func takeRest() -> [UInt8]? {
        defer {
            bytes = []
            searched = 0
        }
        return bytes.isEmpty ? nil : bytes
    }
}
