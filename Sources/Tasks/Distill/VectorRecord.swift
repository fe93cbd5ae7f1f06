import Evaluation
import Foundation

/// A file with the vectors that an encoder made of texts, so that an interrupted task doesn't make them again. It may be
/// lost, and one of another encoder or a damaged one is begun anew: then they are made again.
///
/// The header has the letters `DIPTVEC1`, a hash of the encoder, and the dimensions as 32 bits; each entry has a hash of
/// the text, the number of tokens as 32 bits, and the components in single precision. Hashes are the 64 bits of
/// ``Fingerprint``; all numbers are little-endian. What the writer had no time to finish is dropped. Mode 0600.
public final class VectorRecord {
    private static let letters = Data("DIPTVEC1".utf8)

    private let dimensions: Int
    private let handle: FileHandle
    private var vectors: [UInt64: (components: [Float], tokens: Int)] = [:]

    /// Opens the file, or begins it. Blocks.
    /// - Parameter encoder: the fingerprint.
    /// - Throws: ``TaskError``.
    public init(path: String, encoder: String, dimensions: Int) throws(TaskError) {
        self.dimensions = dimensions
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw TaskError("\(path): can't be used for vectors: \(String(cString: strerror(errno)))")
        }
        handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        var header = Self.letters
        header.append(Self.hash(encoder))
        header.append(UInt32(dimensions))
        do {
            let data = try handle.readToEnd() ?? Data()
            if data.starts(with: header) {
                let end = takeEntries(of: data, from: header.count)
                try handle.truncate(atOffset: UInt64(end))
                try handle.seekToEnd()
            } else {
                try handle.truncate(atOffset: 0)
                try handle.write(contentsOf: header)
            }
        } catch {
            throw TaskError("\(path): can't be used for vectors: \(error.localizedDescription)")
        }
    }

    var count: Int { vectors.count }

    /// The vector that was kept of a text.
    func vector(of text: String) -> [Float]? { vectors[Self.hash(text)]?.components }

    func add(_ components: [Float], tokens: Int, of text: String) throws {
        let hash = Self.hash(text)
        var entry = Data()
        entry.append(hash)
        entry.append(UInt32(clamping: tokens))
        for component in components { entry.append(component.bitPattern) }
        try handle.write(contentsOf: entry)
        vectors[hash] = (components, tokens)
    }

    /// - Returns: where the last whole entry ends.
    private func takeEntries(of data: Data, from start: Int) -> Int {
        let size = 12 + 4 * dimensions
        var position = start
        data.withUnsafeBytes { bytes in
            while position + size <= bytes.count {
                let hash = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
                let tokens = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: position + 8, as: UInt32.self))
                let components = (0..<dimensions).map { index in
                    Float(
                        bitPattern: UInt32(
                            littleEndian: bytes.loadUnaligned(
                                fromByteOffset: position + 12 + 4 * index, as: UInt32.self)))
                }
                guard components.allSatisfy(\.isFinite) else { return }
                vectors[hash] = (components, Int(tokens))
                position += size
            }
        }
        return position
    }

    private static func hash(_ text: String) -> UInt64 { UInt64(Fingerprint(text).text, radix: 16) ?? 0 }
}

extension Data {
    fileprivate mutating func append(_ value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
    }
}
