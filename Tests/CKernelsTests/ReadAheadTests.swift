import CKernelsTestSupport
import Testing

/// What waiting workers guess will be read next.
@Suite("Reading ahead")
struct ReadAheadTests {
    private func operation(_ range: Int, count: Int = 1, bytes: Int) -> ck_test_operation {
        ck_test_operation(first_range: range, ranges: count, bytes: bytes)
    }

    private func bytes(after operations: [ck_test_operation], worker: UInt32 = 0, of shares: UInt32 = 2) -> Int {
        ck_test_read_ahead(operations, operations.count, worker, shares)
    }

    @Test("nothing is guessed before it was seen once")
    func unknown() {
        let (a, b) = (operation(0, bytes: 65_536), operation(1, bytes: 32_768))
        #expect(bytes(after: []) == 0)
        #expect(bytes(after: [a]) == 0)
        #expect(bytes(after: [a, b]) == 0)
    }

    @Test("what came next the last time comes next: each worker reads its share", arguments: [0, 1] as [UInt32])
    func known(worker: UInt32) {
        let (a, b) = (operation(0, bytes: 65_536), operation(1, bytes: 32_768))
        #expect(bytes(after: [a, b, a], worker: worker) == 16_384)
        #expect(bytes(after: [a, b, a, b], worker: worker) == 32_768)
        #expect(bytes(after: [a, b, a], worker: worker, of: 1) == (worker == 0 ? 32_768 : 0))
    }

    @Test("shares go across an operation's ranges, and no further")
    func ranges() {
        let (a, b) = (operation(0, bytes: 512), operation(1, count: 3, bytes: 8192))
        #expect((0..<3).map { bytes(after: [a, b, a], worker: $0, of: 3) } == [8192, 8192, 8192])
        #expect((0..<2).map { bytes(after: [a, b, a], worker: $0) } == [12_288, 12_288])
        // More ranges than are kept track of aren't guessed.
        #expect(bytes(after: [a, operation(1, count: 4, bytes: 8192), a]) == 0)
    }

    @Test("a cache isn't filled with what it can't hold, and a prompt's products aren't guessed")
    func bounds() {
        let (a, large) = (operation(0, bytes: 512), operation(1, bytes: 1 << 30))
        #expect(bytes(after: [a, large, a]) == 192 * 1024)
        #expect(bytes(after: [a, large, a, operation(2, count: 0, bytes: 0)]) == 0)
    }
}
