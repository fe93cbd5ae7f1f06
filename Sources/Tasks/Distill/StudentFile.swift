import Foundation

/// A student's file: one JSON object with ``Student``'s fields in snake case, weights as decimal numbers that give the
/// same `Float` again. With two labels and 384 dimensions it has about 10 kB.
public enum StudentFile {
    /// A file of more bytes is taken for a mistake.
    static let largest = 64 << 20

    /// Whether a path is likely to lead to a student rather than to a model.
    public static func isNamed(_ path: String) -> Bool { path.lowercased().hasSuffix(".json") }

    /// Blocks.
    /// - Throws: ``TaskError``.
    public static func read(_ path: String) throws(TaskError) -> Student {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw TaskError("\(path): expected a student file, found none that can be read; make one with `distill`")
        }
        defer { try? handle.close() }
        let data: Data
        do {
            data = try handle.read(upToCount: largest + 1) ?? Data()
        } catch {
            throw TaskError("\(path): expected a student file: \(error.localizedDescription)")
        }
        guard data.count <= largest else {
            throw TaskError("\(path): expected a student file, found more than \(largest >> 20) MiB")
        }
        return try student(of: data, path: path)
    }

    /// - Parameter path: is named in errors.
    static func student(of data: Data, path: String) throws(TaskError) -> Student {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        guard let head = try? decoder.decode(Head.self, from: data), head.kind == Student.kind else {
            throw TaskError("\(path): expected a student file, found something else; make one with `distill`")
        }
        guard head.schema <= Student.currentSchema else {
            throw TaskError(
                "\(path): it has schema \(head.schema), this program reads \(Student.currentSchema); use a later version"
            )
        }
        let student: Student
        do {
            student = try decoder.decode(Student.self, from: data)
        } catch {
            throw TaskError("\(path): the student file is damaged: \(Self.reason(error)); distill it again")
        }
        if let fault = student.fault {
            throw TaskError("\(path): the student file is damaged: \(fault); distill it again")
        }
        return student
    }

    /// Writes the file at once: whoever reads it finds the earlier one or the whole new one. Blocks.
    /// - Returns: its size in bytes.
    /// - Throws: ``TaskError``.
    @discardableResult
    public static func write(_ student: Student, to path: String) throws(TaskError) -> Int {
        do {
            let data = try data(of: student)
            try data.write(to: URL(filePath: path), options: .atomic)
            return data.count
        } catch {
            throw TaskError("\(path): the student can't be written: \(error.localizedDescription)")
        }
    }

    static func data(of student: Student) throws -> Data {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(student) + Data("\n".utf8)
    }

    private struct Head: Decodable {
        var kind: String
        var schema: Int
    }

    private static func reason(_ error: any Error) -> String {
        switch error {
        case DecodingError.keyNotFound(let key, let context):
            "expected a field '\((context.codingPath + [key]).map(\.stringValue).joined(separator: "."))', found none"
        case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context),
            DecodingError.dataCorrupted(let context):
            "field '\(context.codingPath.map(\.stringValue).joined(separator: "."))' has another kind of value"
        default: error.localizedDescription
        }
    }
}
