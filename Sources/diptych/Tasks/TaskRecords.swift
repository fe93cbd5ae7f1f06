import Configuration
import Evaluation
import Foundation

/// Where tasks keep what was done.
enum TaskRecords {
    /// Opens the record of a task on a file, or begins it. Blocks.
    /// - Throws: `RunRecordError`, `DirectoriesError`.
    static func open(_ arguments: RecordArguments, task: String, data: String) throws -> RunRecord {
        let path = try arguments.path ?? defaultPath(task: task, data: data)
        if arguments.isFresh { try moveAside(path) }
        return try RunRecord(
            path: path,
            header: RunRecord.Header(
                task: task, title: URL(filePath: data).lastPathComponent, created: Date.now.ISO8601Format()))
    }

    /// In the state directory, named after the task and the file, so that the same command finds it again.
    static func defaultPath(task: String, data: String) throws -> String {
        let directories = try Directories(environment: .process)
        let url = URL(filePath: data).standardizedFileURL
        let stem = url.deletingPathExtension().lastPathComponent
        return "\(directories.tasks)/\(task)-\(stem)-\(Fingerprint(url.path).text.prefix(8)).jsonl"
    }

    /// A record that somebody wants no more may be wanted later.
    private static func moveAside(_ path: String) throws {
        let files = FileManager.default
        guard files.fileExists(atPath: path) else { return }
        var number = 1
        while files.fileExists(atPath: "\(path).\(number)") { number += 1 }
        do {
            try files.moveItem(atPath: path, toPath: "\(path).\(number)")
        } catch {
            throw RunRecordError.unusable(path: path, reason: error.localizedDescription)
        }
        Output.standardError.tell("the earlier record is now \(path).\(number)")
    }
}
