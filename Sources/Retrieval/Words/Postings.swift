/// In which passages each term stands, and how often: what BM25 is computed from, as the index file holds it.
struct Postings {
    /// Terms sorted by their bytes, one after the other.
    private(set) var terms: [UInt8] = []
    /// For each term: where its bytes end, where its list ends, and how many passages it is in.
    private(set) var entries: [(termEnd: Int, listEnd: Int, passages: Int)] = []
    /// Lists of (passage − the one before, count), each number in 7-bit groups, the lowest first.
    private(set) var lists: [UInt8] = []
    /// Terms of each passage, repeated ones counted again.
    private(set) var lengths: [UInt32] = []

    /// - Parameter texts: of each passage, the parts whose terms count.
    /// - Complexity: linear in the text, but for the sort of the different terms.
    init(of passages: some Sequence<[String]>, breaker: WordBreaker) {
        var table = TermTable()
        /// (term, count) of all passages, and where each passage's end.
        var (pairs, ends): ([(term: Int32, count: Int32)], [Int]) = ([], [])
        var counts: [Int32] = []
        for parts in passages {
            var (touched, length): ([Int32], UInt32) = ([], 0)
            for var part in parts {
                part.withUTF8 { text in
                    breaker.forEachTerm(in: text) { term in
                        let number = table.number(of: term)
                        while counts.count <= number { counts.append(0) }
                        if counts[number] == 0 { touched.append(Int32(number)) }
                        counts[number] += 1
                        length += 1
                    }
                }
            }
            for term in touched {
                pairs.append((term, counts[Int(term)]))
                counts[Int(term)] = 0
            }
            ends.append(pairs.count)
            lengths.append(length)
        }
        write(table, pairs, ends)
    }

    private mutating func write(_ table: TermTable, _ pairs: [(term: Int32, count: Int32)], _ ends: [Int]) {
        // Counting sort by term, which keeps passages in order.
        var starts = [Int](repeating: 0, count: table.count + 1)
        for pair in pairs { starts[Int(pair.term) + 1] += 1 }
        for term in 0..<table.count { starts[term + 1] += starts[term] }
        var (sorted, next) = ([(passage: Int32, count: Int32)](repeating: (0, 0), count: pairs.count), starts)
        var passage = 0
        for (index, pair) in pairs.enumerated() {
            while index >= ends[passage] { passage += 1 }
            sorted[next[Int(pair.term)]] = (Int32(passage), pair.count)
            next[Int(pair.term)] += 1
        }
        let order = (0..<table.count).sorted { table[$0].lexicographicallyPrecedes(table[$1]) }
        entries.reserveCapacity(order.count)
        for term in order {
            terms += table[term]
            var before: Int32 = 0
            for (passage, count) in sorted[starts[term]..<starts[term + 1]] {
                Self.append(UInt32(passage - before), to: &lists)
                Self.append(UInt32(count), to: &lists)
                before = passage
            }
            entries.append((terms.count, lists.count, starts[term + 1] - starts[term]))
        }
    }

    /// LEB128 (DWARF 5, section 7.6).
    private static func append(_ value: UInt32, to bytes: inout [UInt8]) {
        var value = value
        while value >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: value) | 0x80)
            value >>= 7
        }
        bytes.append(UInt8(value))
    }
}
