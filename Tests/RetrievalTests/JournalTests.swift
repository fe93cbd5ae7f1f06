import Foundation
import Testing

@testable import Retrieval

/// Vectors that outlive an interruption, and the lock.
@Suite("Journals")
struct JournalTests {
    private let probe = [UInt8](repeating: 7, count: 34)

    private func vectors(_ count: Int) throws -> [(digest: Digest, row: [UInt8])] {
        try (0..<count).map { (try Digest(of: "text \($0)"), [UInt8](repeating: UInt8($0), count: 34)) }
    }

    @Test("a journal that ends anywhere has the vectors that were whole, and can be gone on with")
    func truncation() throws {
        let folder = try SampleFolder([:])
        let vectors = try vectors(4)
        do {
            let journal = try VectorJournal(index: folder.index, probe: probe)
            try journal.append(Array(vectors[..<1]))
            try journal.append(Array(vectors[1...]))
        }
        let path = folder.index + ".part"
        let whole = [UInt8](try Data(contentsOf: URL(filePath: path)))
        let record = 16 + 34 + 8
        #expect(whole.count == 32 + 4 * record)
        for length in 0...whole.count {
            try Data(whole[..<length]).write(to: URL(filePath: path))
            let complete = max(0, (length - 32) / record)
            do {
                let journal = try VectorJournal(index: folder.index, probe: probe)
                #expect(journal.rows.count == complete)
                try journal.append([vectors[3]])
            }
            let again = try VectorJournal(index: folder.index, probe: probe)
            #expect(again.rows[vectors[3].digest] == vectors[3].row)
            #expect(again.rows.count == min(complete + 1, 4))
        }
    }

    @Test("a damaged record and what follows it are dropped")
    func damage() throws {
        let folder = try SampleFolder([:])
        do { try VectorJournal(index: folder.index, probe: probe).append(vectors(3)) }
        let path = folder.index + ".part"
        var bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
        bytes[32 + 58 + 20] ^= 1
        try Data(bytes).write(to: URL(filePath: path))
        #expect(try VectorJournal(index: folder.index, probe: probe).rows.count == 1)
    }

    @Test("another encoder's journal is emptied")
    func otherEncoder() throws {
        let folder = try SampleFolder([:])
        do { try VectorJournal(index: folder.index, probe: probe).append(vectors(2)) }
        #expect(try VectorJournal(index: folder.index, probe: [UInt8](repeating: 8, count: 34)).rows.isEmpty)
        #expect(try VectorJournal(index: folder.index, probe: probe).rows.isEmpty)
    }

    @Test("a second writer is refused, until the first has ended")
    func lock() throws {
        let folder = try SampleFolder([:])
        var first: VectorJournal? = try VectorJournal(index: folder.index, probe: probe)
        #expect(throws: IndexError.locked(path: folder.index)) {
            _ = try VectorJournal(index: folder.index, probe: probe)
        }
        first?.remove()
        // The file is gone, so its lock means nothing any more.
        _ = try VectorJournal(index: folder.index, probe: probe)
        first = nil
        _ = try VectorJournal(index: folder.index, probe: probe)
    }
}
