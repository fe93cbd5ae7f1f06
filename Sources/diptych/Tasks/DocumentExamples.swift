import DocumentText
import Evaluation
import Foundation

/// Texts of files and folders as examples.
struct DocumentExamples {
    var examples: [Example] = []
    /// Files whose text couldn't be had, and why.
    private(set) var unreadable: [(id: String, reason: String)] = []
    /// What the reader of the results should know of how they were read.
    private(set) var notes: [String] = []

    /// Reads files and folders. Blocks, for PDFs a while. A text is named by its path in its folder, or by its row's id;
    /// with several inputs, with the input's own path before that.
    /// - Parameters:
    ///   - isCancelled: asked several times a second.
    ///   - progress: called with the number of each file that is read, from 1, and how many there are.
    /// - Throws: `CancellationError`; `ExampleFileError`; `DocumentError` for a folder without texts, where no PDF can be read at all, and
    ///   where nothing could be read.
    init(_ inputs: [String], fields: ExampleFields, isCancelled: () -> Bool, progress: (Int, Int) -> Void) throws {
        var files: [(path: String, id: String)] = []
        for input in inputs {
            let prefix = inputs.count > 1 ? "\(input)/" : ""
            if Self.isFolder(input) {
                let folder = try DocumentFolder(input)
                files += folder.paths.map { ("\(input)/\($0)", prefix + $0) }
                if folder.leftOut > 0 { notes.append("\(input): \(folder.leftOut) other files are left out") }
            } else if ExampleFile.Format(path: input) != .text {
                examples += try ExampleFile.read(input, fields: fields).map { example in
                    var example = example
                    example.id = prefix + example.id
                    return example
                }
            } else {
                files.append((input, inputs.count > 1 ? input : URL(filePath: input).lastPathComponent))
            }
        }
        for (index, file) in files.enumerated() {
            if isCancelled() { throw CancellationError() }
            progress(index + 1, files.count)
            do {
                examples.append(Example(id: file.id, text: try Document.read(file.path, isCancelled: isCancelled).text))
            } catch {
                if isCancelled() { throw CancellationError() }
                if error.concernsAll { throw error }
                unreadable.append((file.id, error.reason))
            }
        }
        if examples.isEmpty, let first = unreadable.first {
            throw CommandFailure(
                message: "none of \(unreadable.count) files could be read: \(first.id): \(first.reason)")
        }
        var seen: Set<String> = []
        for id in examples.map(\.id) + unreadable.map(\.id) where !seen.insert(id).inserted {
            throw CommandFailure(message: "'\(id)' is named twice; name each text once", status: .wrongUsage)
        }
    }

    private static func isFolder(_ path: String) -> Bool {
        var isDirectory = ObjCBool(false)
        return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && isDirectory.boolValue
    }
}
