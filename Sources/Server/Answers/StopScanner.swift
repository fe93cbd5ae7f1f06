/// Ends a text where one of some strings begins, however it is divided into pieces. Pure.
///
/// What may be the beginning of a stop string is held back until it is known whether it is, so nothing of one is ever
/// let through.
struct StopScanner {
    private let stops: [[UInt8]]
    /// What came and wasn't let through yet.
    private var held: [UInt8] = []
    /// Bytes that were let through.
    private(set) var passed = 0
    /// Whether a stop string was met.
    private(set) var hasStopped = false

    /// - Parameter stops: empty ones never match.
    init(stops: [String]) {
        self.stops = stops.map { Array($0.utf8) }.filter { !$0.isEmpty }
    }

    /// Takes the next piece in; returns the text that it lets through. O(piece x stop strings' lengths).
    mutating func append(_ piece: String) -> String {
        guard !hasStopped else { return "" }
        held += piece.utf8
        if let start = firstStop() {
            hasStopped = true
            return pass(start)
        }
        return pass(held.count - longestBeginning())
    }

    /// The text has ended: what was held back was no stop string.
    mutating func finish() -> String {
        hasStopped ? "" : pass(held.count)
    }

    /// Stop strings are whole characters' bytes, so what comes before one is too.
    private mutating func pass(_ count: Int) -> String {
        let text = String(decoding: held[..<count], as: UTF8.self)
        passed += count
        held.removeFirst(count)
        return text
    }

    /// Where the first complete stop string begins.
    private func firstStop() -> Int? {
        stops.compactMap { stop in
            held.indices.dropLast(stop.count - 1).first { held[$0..<$0 + stop.count].elementsEqual(stop) }
        }.min()
    }

    /// How many bytes at the end may be the beginning of a stop string.
    private func longestBeginning() -> Int {
        stops.map { stop in
            (0..<min(stop.count, held.count + 1)).last { held.suffix($0).elementsEqual(stop.prefix($0)) } ?? 0
        }.max() ?? 0
    }
}
