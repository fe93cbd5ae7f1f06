/// The index file, version 1. All numbers are little-endian; every section begins at a multiple of 64.
///
/// ```
/// header, 64 bytes
///     0   8  "DPTXINDX"
///     8   4  version: 1
///    12   4  number of sections
///    16   8  bytes of the whole file
///    24   8  checksum of the table
///    32  32  zeros
/// table, 32 bytes for each section: u32 id, u32 0, u64 offset, u64 length, u64 checksum
/// ```
///
/// A checksum is the first 8 bytes of a SHA-256, read as a big-endian number. The table's is checked whenever the file is
/// opened, the sections' before anything is taken over into a new index.
///
/// | id | section | contents |
/// |---|---|---|
/// | 1 | description | JSON, see ``IndexDescription`` |
/// | 2 | files | 64 bytes each: u32 path offset and length in the strings, u64 bytes, i64 modified (ns since 1970), digest, u32 first passage, u32 passages, u8 kind, zeros |
/// | 3 | passages | 56 bytes each: u64 text offset, u32 text length, u32 file, u32 first and last line, u32 trail offset and length in the strings, u64 0, digest of what was embedded |
/// | 4 | strings | UTF-8 |
/// | 5 | texts | UTF-8 |
/// | 6 | rows | a vector for each passage: blocks of 32 components, a half as scale and 32 signed bytes (Q8_0) |
/// | 7 | terms | UTF-8, sorted by bytes |
/// | 8 | term entries | 16 bytes each: u32 end in the terms, u32 passages, u64 end in the lists |
/// | 9 | lists | for each term, pairs of LEB128: passage minus the one before, count |
/// | 10 | lengths | u32 terms of each passage |
///
/// A digest is the first 16 bytes of a SHA-256, as two big-endian numbers written little-endian.
enum IndexLayout {
    static let magic = Array("DPTXINDX".utf8)
    static let version: UInt32 = 1
    static let headerBytes = 64
    static let tableEntryBytes = 32
    static let alignment = 64
    static let fileBytes = 64
    static let passageBytes = 56
    static let termEntryBytes = 16
    static let longestPath = 4096
    static let longestDescription = 1 << 20

    enum Section: UInt32, CaseIterable {
        case description = 1
        case files, passages, strings, texts, rows, terms, termEntries, lists, lengths
    }
}

/// What an index was made of and with.
struct IndexDescription: Codable, Sendable, Equatable {
    /// The folder, as an absolute path.
    var folder: String
    /// What the encoder was called.
    var encoder: String
    var dimensions: Int
    /// The encoder's vector of ``probeText``: another one that gives the same is the same encoder.
    var probe: [Float]
    var chunking: Chunking
    var stems: Bool
    /// Seconds since 1970.
    var written: Int

    struct Chunking: Codable, Sendable, Equatable {
        /// Rises when the same text is divided otherwise than before.
        var version = 1
        var target: Int
        var overlap: Int
    }

    static let probeText = "The quick brown fox jumps over the lazy dog."
    /// Cosine from which on two probes are of one encoder, in whatever precision it computes.
    static let sameEncoder = 0.995

    func isSameEncoder(_ other: [Float]) -> Bool {
        guard probe.count == other.count else { return false }
        let cosine = zip(probe.normalized, other.normalized).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
        return cosine > Self.sameEncoder
    }
}

/// Why an index can't be used.
public enum IndexError: Error, Equatable, CustomStringConvertible {
    case missing(path: String)
    case unreadable(path: String, reason: String)
    case notAnIndex(path: String)
    case otherVersion(path: String, found: UInt32)
    case damaged(path: String, expected: String, found: String)
    /// Another process writes it.
    case locked(path: String)
    case otherEncoder(path: String, made: String, given: String)
    case tooLarge(path: String, what: String)
    case noEncoder(path: String)

    public var description: String {
        switch self {
        case .missing(let path): "\(path): there is no index; make one with 'diptych retrieve index FOLDER'"
        case .unreadable(let path, let reason): "\(path): \(reason)"
        case .notAnIndex(let path):
            "\(path): expected an index that begins with DPTXINDX, found something else; name another file, or a folder "
                + "that was indexed"
        case .otherVersion(let path, let found):
            "\(path): expected an index of version \(IndexLayout.version), found version \(found); index the folder again"
        case .damaged(let path, let expected, let found):
            "\(path): expected \(expected), found \(found); remove the file and index the folder again"
        case .locked(let path): "\(path): another process is writing this index; wait until it has ended"
        case .otherEncoder(let path, let made, let given):
            "\(path): expected vectors of \(given), found those of \(made); name that encoder, or index the folder again"
        case .tooLarge(let path, let what): "\(path): \(what) is more than one index holds; index parts of the folder"
        case .noEncoder(let path): "\(path): searching by meaning needs the encoder; name it, or search with bm25"
        }
    }
}
