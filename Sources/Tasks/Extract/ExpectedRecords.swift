import Evaluation

/// Records that somebody made by hand, to hold those of models against.
public struct ExpectedRecords: Sendable, Equatable {
    /// By the name of the text that they belong to, JSON.
    public let records: [String: String]

    /// Reads JSON Lines with the fields `id` and `expected` (or any other that ``ExampleFields`` tries). Blocks.
    /// - Throws: `ExampleFileError`; ``TaskError`` for a record that isn't of the schema: then the schema, or the
    ///   record, is wrong.
    public init(path: String, schema: RecordSchema) throws {
        let rows = try ExampleFile.read(path, fields: ExampleFields(text: "id", id: "id"))
        try self.init(rows, name: path, schema: schema)
    }

    /// - Parameter name: of the file, for errors.
    public init(_ rows: [Example], name: String, schema: RecordSchema) throws(TaskError) {
        var records: [String: String] = [:]
        for row in rows {
            guard let expected = row.expected else { continue }
            let value: RecordValue
            do { value = try RecordValue(json: expected) } catch { throw TaskError("\(name), '\(row.id)': \(error)") }
            if let violation = schema.violation(in: value) {
                throw TaskError("\(name), '\(row.id)': expected a record of the schema: \(violation)")
            }
            records[row.id] = value.canonicalText
        }
        guard !records.isEmpty else { throw TaskError("\(name): expected records with their ids, found none") }
        self.records = records
    }

    /// The examples with what is expected of them. A record belongs to the example of its id: the whole one, the file's
    /// name in it, or that without its ending.
    public func applied(to examples: [Example]) -> [Example] {
        examples.map { example in
            let name = example.id.split(separator: "/").last.map(String.init) ?? example.id
            let stem = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
            var example = example
            example.expected = records[example.id] ?? records[name] ?? records[stem] ?? example.expected
            return example
        }
    }
}
