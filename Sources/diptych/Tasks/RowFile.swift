import Evaluation
import Foundation

/// A file of rows that the command line names, "-" for JSON Lines on standard output. Its ending says the format.
struct RowFile {
    let path: String
    let format: ExampleFile.Format

    /// - Throws: ``CommandFailure`` for an ending that says no format.
    init(_ path: String) throws {
        self.path = path
        format = path == "-" ? .jsonLines : ExampleFile.Format(path: path)
        guard format != .text else {
            throw CommandFailure(
                message: "\(path): expected a name that ends in .jsonl, .csv or .tsv", status: .wrongUsage)
        }
    }

    /// What stands between the fields of a table.
    var separator: Character { format == .csv ? "," : "\t" }

    func write(_ text: String) throws {
        guard path != "-" else { return try Output.standard.write(text) }
        try Self.write(text, to: path)
    }

    /// - Throws: ``CommandFailure`` that names the file; an earlier one is whole then.
    static func write(_ text: String, to path: String) throws {
        do {
            try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw CommandFailure(message: "\(path): can't be written: \(error.localizedDescription)")
        }
    }
}
