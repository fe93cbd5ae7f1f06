/// Divides text into rows of fields, as RFC 4180 defines CSV, with any separator. A byte order mark is skipped, rows may
/// end in CRLF, LF or CR, and fields in quotes may hold any of those.
struct CSVParser {
    /// A row with the line it begins in, from 1.
    struct Row: Equatable {
        var fields: [String]
        var line: Int
    }

    enum Failure: Error, Equatable {
        /// A field in quotes doesn't end; it began in this line.
        case openQuote(line: Int)
        /// Something stands between the quote that ends a field and the separator.
        case textAfterQuote(line: Int)
    }

    private let bytes: [UInt8]
    private let separator: UInt8
    private var position = 0
    private var line = 1

    init(_ bytes: [UInt8], separator: UInt8 = UInt8(ascii: ",")) {
        self.bytes = bytes
        self.separator = separator
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    /// The next row that isn't empty; nil at the end.
    mutating func next() throws(Failure) -> Row? {
        while position < bytes.count, Self.isBreak(bytes[position]) { skipBreak() }
        guard position < bytes.count else { return nil }
        let first = line
        var fields: [String] = []
        while true {
            fields.append(try field())
            guard position < bytes.count, bytes[position] == separator else { break }
            position += 1
        }
        if position < bytes.count { skipBreak() }
        return Row(fields: fields, line: first)
    }

    private mutating func field() throws(Failure) -> String {
        guard position < bytes.count, bytes[position] == Self.quote else { return bareField() }
        let first = line
        position += 1
        var value: [UInt8] = []
        while position < bytes.count {
            let byte = bytes[position]
            if byte == Self.quote {
                guard position + 1 < bytes.count, bytes[position + 1] == Self.quote else {
                    position += 1
                    guard position == bytes.count || bytes[position] == separator || Self.isBreak(bytes[position])
                    else { throw .textAfterQuote(line: line) }
                    return String(decoding: value, as: UTF8.self)
                }
                position += 1
            }
            if byte == UInt8(ascii: "\n") { line += 1 }
            value.append(byte)
            position += 1
        }
        throw .openQuote(line: first)
    }

    private mutating func bareField() -> String {
        let start = position
        while position < bytes.count, bytes[position] != separator, !Self.isBreak(bytes[position]) { position += 1 }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func skipBreak() {
        let isPair =
            bytes[position] == UInt8(ascii: "\r") && position + 1 < bytes.count
            && bytes[position + 1] == UInt8(ascii: "\n")
        position += isPair ? 2 : 1
        line += 1
    }

    private static let quote = UInt8(ascii: "\"")
    private static func isBreak(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }
}

/// Writes rows of fields as RFC 4180 defines them.
public enum CSVText {
    /// A row with its line break. Fields are quoted where they need it.
    public static func row(_ fields: [String], separator: Character = ",") -> String {
        fields.map { field in
            let needsQuotes =
                field.contains { $0 == separator || $0 == "\"" || $0.isNewline }
                || field.first == " " || field.last == " "
            return needsQuotes ? "\"\(field.replacing("\"", with: "\"\""))\"" : field
        }
        .joined(separator: String(separator)) + "\n"
    }
}

extension CSVText {
    /// The fields of one row.
    /// - Throws: ``ExampleFileError`` for quotes that don't end.
    public static func fields(_ row: String) throws(ExampleFileError) -> [String] {
        var parser = CSVParser(Array(row.utf8))
        do {
            return try parser.next()?.fields ?? []
        } catch {
            throw ExampleFileError(
                path: "'\(row)'", expected: "fields between commas", found: "a quote without its end")
        }
    }
}
