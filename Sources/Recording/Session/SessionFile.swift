import Foundation

/// A session file to be read, one record at a time.
public struct SessionFile: Sendable {
    /// How a file ends.
    public enum Ending: Sendable, Equatable {
        /// With a whole line.
        case whole
        /// With the beginning of a line, which its writer had no time to finish; it is ignored.
        case torn(line: Int, bytes: Int)
    }

    /// What there was to read besides the records.
    public struct Summary: Sendable, Equatable {
        public var ending: Ending
        /// Lines of kinds that a newer version added; they are skipped.
        public var unknownRecords: Int
    }

    public let path: String

    public init(path: String) {
        self.path = path
    }

    /// The header alone.
    /// - Throws: ``SessionFileError``.
    public func header() throws -> SessionHeader {
        var reader = try LineReader(path: path)
        return try header(&reader)
    }

    /// Reads all records in order, the header first. Blocks; holds one line in memory.
    ///
    /// - Parameter body: gets each record and the number of its line, from 1.
    /// - Throws: ``SessionFileError`` for a file that isn't a session, is of a newer schema, or is damaged before its last
    ///   line; what `body` throws.
    @discardableResult
    public func forEachRecord(_ body: (SessionRecord, Int) throws -> Void) throws -> Summary {
        var reader = try LineReader(path: path)
        try body(.header(try header(&reader)), 1)
        let decoder = SessionLine()
        var summary = Summary(ending: .whole, unknownRecords: 0)
        while let line = try reader.next() {
            guard line.isWhole else {
                summary.ending = .torn(line: line.number, bytes: line.bytes.count)
                break
            }
            let record: SessionRecord?
            do {
                record = try decoder.decode(line.bytes)
            } catch {
                throw SessionFileError(path: path, line: line.number, error, text: line.bytes)
            }
            switch record {
            case nil: summary.unknownRecords += 1
            case .header:
                throw SessionFileError(
                    path: path, line: line.number, expected: "one header, in line 1", found: "another one")
            case let record?: try body(record, line.number)
            }
        }
        return summary
    }

    private func header(_ reader: inout LineReader) throws -> SessionHeader {
        guard let line = try reader.next(), line.isWhole else {
            throw SessionFileError(
                path: path, line: 1, expected: "the header of a session", found: "no whole line",
                remedy: "nothing was recorded here")
        }
        let decoder = SessionLine()
        if let schema = decoder.schema(of: line.bytes), schema > SessionHeader.currentSchema {
            throw SessionFileError(
                path: path, line: 1, expected: "schema \(SessionHeader.currentSchema) or older",
                found: "schema \(schema)",
                remedy: "read it with the version of the program that wrote it, or a newer one")
        }
        do {
            if case .header(let header) = try decoder.decode(line.bytes) { return header }
        } catch {
            throw SessionFileError(path: path, line: 1, error, text: line.bytes)
        }
        throw SessionFileError(
            path: path, line: 1, expected: "the header of a session", found: "another record")
    }
}
