import Foundation

/// A file with an example a row: JSON Lines, CSV or TSV with a row of names at the top, or plain text with an example a
/// line. The name's ending says which.
public enum ExampleFile {
    public enum Format: String, Sendable, CaseIterable {
        case jsonLines = "jsonl"
        case csv, tsv, text

        public init(path: String) {
            switch (path.split(separator: ".").last ?? "").lowercased() {
            case "jsonl", "ndjson", "json": self = .jsonLines
            case "csv": self = .csv
            case "tsv", "tab": self = .tsv
            default: self = .text
            }
        }
    }

    /// A file of more bytes is taken for a mistake.
    public static let largest = 1 << 30

    /// Reads all examples. Blocks.
    /// - Throws: ``ExampleFileError``.
    public static func read(
        _ path: String, fields: ExampleFields = ExampleFields(), format: Format? = nil
    ) throws(ExampleFileError) -> [Example] {
        let format = format ?? Format(path: path)
        return try parse(try bytes(of: path), path: path, fields: fields, format: format)
    }

    /// - Parameter path: is named in errors.
    public static func parse(
        _ bytes: [UInt8], path: String, fields: ExampleFields, format: Format
    ) throws(ExampleFileError) -> [Example] {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw ExampleFileError(path: path, expected: "UTF-8 text", found: "other bytes")
        }
        let examples =
            switch format {
            case .jsonLines: try jsonLines(bytes, path, fields)
            case .csv: try table(bytes, path, fields, separator: UInt8(ascii: ","))
            case .tsv: try table(bytes, path, fields, separator: UInt8(ascii: "\t"))
            case .text: lines(text)
            }
        guard !examples.isEmpty else {
            throw ExampleFileError(path: path, expected: "at least one example", found: "none")
        }
        var seen: Set<String> = []
        for example in examples where !seen.insert(example.id).inserted {
            throw ExampleFileError(
                path: path, expected: "an id of its own for each example", found: "'\(example.id)' twice",
                remedy: "mend the field, or name another one as id")
        }
        return examples
    }

    private static func bytes(of path: String) throws(ExampleFileError) -> [UInt8] {
        var status = stat()
        guard stat(path, &status) == 0 else {
            throw ExampleFileError(
                path: path, expected: "a file of examples",
                found: errno == ENOENT ? "none there" : String(cString: strerror(errno)).lowercased())
        }
        guard status.st_mode & S_IFMT != S_IFDIR else {
            throw ExampleFileError(path: path, expected: "a file of examples", found: "a folder")
        }
        guard status.st_size <= largest else {
            throw ExampleFileError(
                path: path, expected: "at most \(largest >> 20) MiB", found: "\(status.st_size >> 20) MiB",
                remedy: "divide it")
        }
        do {
            return [UInt8](try Data(contentsOf: URL(filePath: path)))
        } catch {
            throw ExampleFileError(
                path: path, expected: "a file that can be read", found: "\(error.localizedDescription)")
        }
    }

    private static func jsonLines(
        _ bytes: [UInt8], _ path: String, _ fields: ExampleFields
    ) throws(ExampleFileError) -> [Example] {
        var examples: [Example] = []
        var line = 0
        for part in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            line += 1
            guard !part.allSatisfy({ [0x20, 0x09, 0x0D].contains($0) }) else { continue }
            let object: [String: Any]
            do {
                let value = try JSONSerialization.jsonObject(with: Data(part), options: .fragmentsAllowed)
                guard let fields = value as? [String: Any] else {
                    throw ExampleFileError(
                        path: path, line: line, expected: "a JSON object", found: "another JSON value")
                }
                object = fields
            } catch let error as ExampleFileError {
                throw error
            } catch {
                throw ExampleFileError(
                    path: path, line: line, expected: "a JSON object", found: "no valid JSON",
                    remedy: "put one object on each line")
            }
            guard let example = fields.example(of: object.compactMapValues(text), row: examples.count + 1) else {
                throw ExampleFileError(
                    path: path, line: line, expected: fields.wantedText,
                    found: "fields " + object.keys.sorted().joined(separator: ", "), remedy: "say which field it is")
            }
            examples.append(example)
        }
        return examples
    }

    /// A JSON value as text: strings as they are, others as JSON.
    private static func text(_ value: Any) -> String? {
        if let text = value as? String { return text }
        if value is NSNull { return nil }
        let options: JSONSerialization.WritingOptions = [.fragmentsAllowed, .sortedKeys, .withoutEscapingSlashes]
        guard let data = try? JSONSerialization.data(withJSONObject: value, options: options) else { return nil }
        return String(decoding: data, as: UTF8.self)
    }

    private static func table(
        _ bytes: [UInt8], _ path: String, _ fields: ExampleFields, separator: UInt8
    ) throws(ExampleFileError) -> [Example] {
        var parser = CSVParser(bytes, separator: separator)
        do {
            guard let names = try parser.next()?.fields else { return [] }
            var examples: [Example] = []
            while let row = try parser.next() {
                guard row.fields.count <= names.count else {
                    throw ExampleFileError(
                        path: path, line: row.line, expected: "\(names.count) fields", found: "\(row.fields.count)",
                        remedy: "put fields that hold separators in quotes")
                }
                let named = Dictionary(zip(names, row.fields), uniquingKeysWith: { first, _ in first })
                guard let example = fields.example(of: named, row: examples.count + 1) else {
                    throw ExampleFileError(
                        path: path, line: 1, expected: fields.wantedText,
                        found: "fields " + names.joined(separator: ", "),
                        remedy: "name the columns in the first row, or say which column it is")
                }
                examples.append(example)
            }
            return examples
        } catch CSVParser.Failure.openQuote(let line) {
            throw ExampleFileError(
                path: path, line: line, expected: "a quote that ends the field", found: "the end of the file")
        } catch CSVParser.Failure.textAfterQuote(let line) {
            throw ExampleFileError(
                path: path, line: line, expected: "a separator behind the quote that ends the field",
                found: "more text",
                remedy: "write quotes within a field twice")
        } catch let error as ExampleFileError {
            throw error
        } catch {
            throw ExampleFileError(path: path, expected: "rows of fields", found: "\(error)")
        }
    }

    private static func lines(_ text: String) -> [Example] {
        text.split(whereSeparator: \.isNewline).enumerated().map { Example(id: "\($0 + 1)", text: String($1)) }
    }
}
