import Configuration
import Evaluation
import Foundation

/// Where tasks keep what was done.
enum TaskRecords {
    /// Opens the record of a task on a file, or begins it. Blocks.
    /// - Parameter subject: names everything that all outcomes depend on; nil where solvers' own fingerprints do.
    /// - Throws: `RunRecordError`, `DirectoriesError`; ``CommandFailure`` for the record of another subject.
    static func open(
        _ arguments: RecordArguments, task: String, data: String, subject: String? = nil
    ) throws -> RunRecord {
        let path = try arguments.path ?? defaultPath(task: task, data: data, subject: subject)
        if arguments.isFresh { try moveAside(path) }
        let record = try RunRecord(
            path: path,
            header: RunRecord.Header(
                task: task, title: URL(filePath: data).lastPathComponent, created: Date.now.ISO8601Format(),
                subject: subject))
        guard subject == nil || record.header.subject == subject else {
            throw CommandFailure(
                message:
                    "\(path): expected the record of this task, found that of another one or of an earlier state of "
                    + "it; name another file, or begin again with --fresh")
        }
        return record
    }

    /// In the state directory, named after the task, the file and the subject, so that the same command finds it again.
    static func defaultPath(task: String, data: String, subject: String? = nil) throws -> String {
        let directories = try Directories(environment: .process)
        let url = URL(filePath: data).standardizedFileURL
        let stem = url.deletingPathExtension().lastPathComponent
        var name = Fingerprint(url.path)
        if let subject { name.add(subject) }
        return "\(directories.tasks)/\(task)-\(stem)-\(name.text.prefix(8)).jsonl"
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
