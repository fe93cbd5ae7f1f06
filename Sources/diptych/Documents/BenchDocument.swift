import Chat
import InferenceCore
import ModelLibrary

/// What `bench --json` writes. Speeds are in tokens a second.
struct BenchDocument: JSONDocument, Equatable {
    struct Speed: Codable, Sendable, Equatable {
        /// In each round.
        var tokens: Int
        var median: Double
        var minimum: Double
        var maximum: Double
        /// Every round's time.
        var roundsMs: [Double]
    }

    struct Memory: Codable, Sendable, Equatable {
        var weightsMapped: Int
        var weightsResident: Int
        var repacked: Int
        var kvCache: Int
        var scratch: Int
        /// The most that the whole process has had in memory.
        var peakResident: Int?
    }

    var schema = 1
    var model: String
    var format: String
    var threads: Int
    /// Of the kernels.
    var variant: String
    /// The KV cache's format.
    var cache: String
    var contextLength: Int
    /// Tokens that were in the KV cache before.
    var depth: Int
    var loadMs: Double
    var prefill: Speed?
    var decode: Speed?
    var memory: Memory
}

extension BenchDocument.Speed {
    /// Nil for no rounds.
    init?(tokens: Int, times: [Duration]) {
        func rate(_ time: Duration?) -> Double? { time.map { Double(tokens) / ($0 / .seconds(1)) } }
        guard let median = rate(times.median), let minimum = rate(times.max()), let maximum = rate(times.min()) else {
            return nil
        }
        self.init(
            tokens: tokens, median: median.roundedForJSON, minimum: minimum.roundedForJSON,
            maximum: maximum.roundedForJSON, roundsMs: times.map(\.millisecondsForJSON))
    }
}

extension BenchDocument.Memory {
    init(_ report: MemoryReport, peakResident: Int?) {
        self.init(
            weightsMapped: report.weightsMapped, weightsResident: report.weightsResident, repacked: report.repacked,
            kvCache: report.keyValueCache, scratch: report.scratch, peakResident: peakResident)
    }
}

extension BenchDocument {
    /// The document for people.
    var text: String {
        var table = TextTable()
        table.add("", "median", "least", "most")
        func row(_ name: String, _ speed: Speed?) {
            guard let speed else { return }
            table.add(
                ["\(name) \(speed.tokens)"] + [speed.median, speed.minimum, speed.maximum].map { FigureText.rate($0) })
        }
        row("prefill", prefill)
        row("decode", decode)
        table.add("load", FigureText.milliseconds(loadMs))
        table.add("weights resident", FigureText.bytes(memory.weightsResident))
        table.add("KV cache", FigureText.bytes(memory.kvCache))
        table.add("scratch", FigureText.bytes(memory.scratch))
        table.add("process at its peak", FigureText.bytes(memory.peakResident))
        let facts = [
            model.onOneLine, format, threads == 1 ? "1 thread" : "\(threads) threads", variant,
            "\(cache) cache of \(contextLength) tokens, \(depth) of them filled before",
        ]
        return facts.joined(separator: ", ") + "\n" + table.text
    }
}
