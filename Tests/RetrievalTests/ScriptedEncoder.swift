import Foundation
import Retrieval
import Synchronization

/// An encoder whose vectors are sums of fixed ones for each word, so that texts that share words are near each other.
final class ScriptedEncoder: PassageEncoder {
    let dimensions: Int
    let longestText = 256
    /// Changes every vector, as another model would.
    let seed: UInt64
    private let log = Mutex<[String]>([])
    private let failing: Int?

    /// - Parameter failing: throws once so many texts were read.
    init(dimensions: Int = 64, seed: UInt64 = 1, failing: Int? = nil) {
        self.dimensions = dimensions
        self.seed = seed
        self.failing = failing
    }

    struct Failure: Error {}

    /// What was read so far, without the encoder's probe.
    var texts: [String] { log.withLock { $0 } }

    func tokenCount(of text: String) -> Int { words(text).count }

    func vectors(of texts: [String]) async throws -> [[Float]] {
        let isProbe = texts.count == 1 && texts[0].hasPrefix("The quick brown fox")
        if !isProbe {
            let count = log.withLock { log in
                log += texts
                return log.count
            }
            if let failing, count > failing { throw Failure() }
        }
        return texts.map(vector)
    }

    private func words(_ text: String) -> [String] {
        text.lowercased().split { !($0.isLetter || $0.isNumber) }.map(String.init)
    }

    private func vector(_ text: String) -> [Float] {
        var sum = [Double](repeating: 0, count: dimensions)
        for word in words(text) {
            var state = seed &* 0x9E37_79B9_7F4A_7C15
            for byte in word.utf8 { state = (state ^ UInt64(byte)) &* 0x100_0000_01B3 }
            for index in 0..<dimensions {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                sum[index] += Double(Int64(bitPattern: state) >> 32) / Double(1 << 31)
            }
        }
        let length = max(1e-9, sum.reduce(0) { $0 + $1 * $1 }.squareRoot())
        return sum.map { Float($0 / length) }
    }
}
