import Synchronization

@testable import diptych

/// An output that remembers what was written.
final class MemoryOutput: Sendable {
    private let bytes = Mutex<[UInt8]>([])
    private let isTerminal: Bool

    init(isTerminal: Bool = false) {
        self.isTerminal = isTerminal
    }

    var output: Output {
        Output(isTerminal: isTerminal) { [self] written in bytes.withLock { $0 += written } }
    }

    var text: String { String(decoding: bytes.withLock { $0 }, as: UTF8.self) }
}
