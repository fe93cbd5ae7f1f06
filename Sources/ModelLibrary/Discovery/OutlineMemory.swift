import Foundation
import InferenceCore

/// Headers that were read, in a file of the cache directory that may be lost: then they are read again.
struct OutlineMemory {
    private struct Entry: Codable {
        var state: FileState
        /// Nil where the header couldn't be read.
        var outline: ModelOutline?
        var failure: String?

        var result: Result<ModelOutline, OutlineFailure> {
            outline.map { .success($0) } ?? .failure(OutlineFailure(reason: failure ?? "it can't be read"))
        }
    }

    private struct Contents: Codable {
        /// The program that wrote it: another one may know more architectures.
        var program: FileState?
        var entries: [String: Entry] = [:]
    }

    private let path: String
    private var contents: Contents
    private var isChanged = false

    init(path: String) {
        self.path = path
        let program = FileState(of: "/proc/self/exe")
        let data = FileManager.default.contents(atPath: path)
        let known = data.flatMap { try? JSONDecoder().decode(Contents.self, from: $0) }
        contents = known.flatMap { $0.program == program ? $0 : nil } ?? Contents(program: program)
    }

    /// What a model's header says; for a broken file, why it can't be read.
    mutating func outline(of model: FoundModel) -> Result<ModelOutline, OutlineFailure> {
        guard let path = model.path else { return .failure(OutlineFailure(reason: model.obstacle ?? "not whole")) }
        let isFolder = FolderWalk.isFolder(path)
        guard let state = FileState(ofAll: isFolder ? HuggingFaceFolders.files(of: path) : model.files) else {
            return .failure(OutlineFailure(reason: "\(path) can't be read"))
        }
        if let entry = contents.entries[path], entry.state == state { return entry.result }
        var entry = Entry(state: state)
        do {
            entry.outline = isFolder ? try ModelOutline(path: path) : try ModelOutline(parts: model.files)
        } catch {
            entry.failure = "\(error)".split(whereSeparator: \.isNewline).joined(separator: " ")
        }
        contents.entries[path] = entry
        isChanged = true
        return entry.result
    }

    /// Whether a model can be opened, as far as its header tells.
    mutating func isSound(_ model: FoundModel) -> Bool {
        guard model.path != nil, case .success(let outline) = outline(of: model) else { return false }
        return outline.obstacle == nil
    }

    /// Writes what is new, without what belongs to files that are gone.
    func save() {
        guard isChanged else { return }
        var contents = contents
        contents.entries = contents.entries.filter { FileManager.default.fileExists(atPath: $0.key) }
        guard let data = try? JSONEncoder().encode(contents) else { return }
        let url = URL(filePath: path)
        try? FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try? data.write(to: url, options: .atomic)
    }
}

/// Why nothing is known of a model.
struct OutlineFailure: Error, Equatable {
    let reason: String
}
