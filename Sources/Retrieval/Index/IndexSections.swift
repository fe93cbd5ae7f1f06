import Foundation
import InferenceCore

/// The sections of an index file, mapped: the header and the table are checked, what stands in the sections isn't.
final class IndexSections: Sendable {
    let path: String
    private let mapping: MappedFile
    private let table: [IndexLayout.Section: (range: Range<Int>, checksum: UInt64)]

    /// - Throws: ``IndexError``
    init(path: String) throws {
        self.path = path
        do {
            mapping = try MappedFile(path: path)
        } catch let error where error.reason == .notFound {
            throw IndexError.missing(path: path)
        } catch let error where error.reason == .empty {
            throw IndexError.notAnIndex(path: path)
        } catch {
            throw IndexError.unreadable(path: path, reason: error.description)
        }
        table = try Self.table(mapping.bytes, path: path)
    }

    /// The bytes of a section; valid while this object lives.
    subscript(section: IndexLayout.Section) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: mapping.bytes[table[section]?.range ?? 0..<0])
    }

    /// As it was when the file was written.
    func checksum(of section: IndexLayout.Section) -> UInt64 { table[section]?.checksum ?? 0 }

    /// How many records of `bytes` a section has.
    /// - Throws: ``IndexError/damaged(path:expected:found:)`` where the last one isn't whole.
    func count(_ section: IndexLayout.Section, of bytes: Int) throws(IndexError) -> Int {
        guard self[section].count % bytes == 0 else {
            throw .damaged(
                path: path, expected: "\(section) of \(bytes) bytes each", found: "\(self[section].count) bytes")
        }
        return self[section].count / bytes
    }

    /// Makes sure that every section is as it was written.
    /// - Throws: ``IndexError/damaged(path:expected:found:)``
    func check() throws {
        for section in IndexLayout.Section.allCases {
            guard try Digest(of: self[section]).high == table[section]?.checksum else {
                throw IndexError.damaged(path: path, expected: "intact \(section)", found: "another checksum")
            }
        }
    }

    /// Makes sure that the file wasn't cut short while it was read.
    /// - Throws: ``IndexError/unreadable(path:reason:)``
    func checkIntact() throws(IndexError) {
        do {
            try mapping.checkIntact()
        } catch {
            throw .unreadable(path: path, reason: error.description)
        }
    }

    private static func table(
        _ bytes: UnsafeRawBufferPointer, path: String
    ) throws -> [IndexLayout.Section: (range: Range<Int>, checksum: UInt64)] {
        guard bytes.count >= IndexLayout.magic.count, bytes.starts(with: IndexLayout.magic) else {
            throw IndexError.notAnIndex(path: path)
        }
        func damaged(_ expected: String, _ found: String) -> IndexError {
            .damaged(path: path, expected: expected, found: found)
        }
        guard bytes.count >= IndexLayout.headerBytes else {
            throw damaged("a header of \(IndexLayout.headerBytes) bytes", "\(bytes.count) bytes")
        }
        let version: UInt32 = bytes.number(at: 8)
        guard version == IndexLayout.version else { throw IndexError.otherVersion(path: path, found: version) }
        let (count, length): (UInt32, UInt64) = (bytes.number(at: 12), bytes.number(at: 16))
        guard length == UInt64(bytes.count) else { throw damaged("\(length) bytes", "\(bytes.count)") }
        let tableEnd = IndexLayout.headerBytes + IndexLayout.tableEntryBytes * Int(min(count, 64))
        guard count == IndexLayout.Section.allCases.count, tableEnd <= bytes.count else {
            throw damaged("\(IndexLayout.Section.allCases.count) sections", "\(count)")
        }
        let table = UnsafeRawBufferPointer(rebasing: bytes[IndexLayout.headerBytes..<tableEnd])
        guard try Digest(of: table).high == bytes.number(at: 24) else {
            throw damaged("an intact table", "another checksum")
        }
        var sections: [IndexLayout.Section: (range: Range<Int>, checksum: UInt64)] = [:]
        for entry in stride(from: 0, to: table.count, by: IndexLayout.tableEntryBytes) {
            let (offset, size): (UInt64, UInt64) = (table.number(at: entry + 8), table.number(at: entry + 16))
            guard let section = IndexLayout.Section(rawValue: table.number(at: entry)), sections[section] == nil,
                offset <= bytes.count, size <= UInt64(bytes.count) - offset
            else { throw damaged("sections within the file", "one that isn't") }
            sections[section] = (Int(offset)..<Int(offset + size), table.number(at: entry + 24))
        }
        return sections
    }
}

extension UnsafeRawBufferPointer {
    /// A number that begins at `offset`, which the caller has checked.
    func number<Number: FixedWidthInteger>(at offset: Int) -> Number {
        Number(littleEndian: loadUnaligned(fromByteOffset: offset, as: Number.self))
    }

    /// A digest that begins at `offset`, which the caller has checked.
    func digest(at offset: Int) -> Digest { Digest(high: number(at: offset), low: number(at: offset + 8)) }
}
