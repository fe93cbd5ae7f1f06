import Foundation
import InferenceCore
import Transport

/// Makes the index of a folder, or brings it up to date: what hasn't changed isn't computed again.
public struct FolderIndexer: Sendable {
    /// The folder, as an absolute path.
    let folder: String
    /// The path of the index file; its folder exists.
    let index: String
    let encoder: any PassageEncoder
    /// What the encoder is called.
    let encoderName: String
    let excluded: [String]
    let limits: IndexingLimits
    let stems: Bool

    /// Tokens of a passage.
    static let target = 200
    /// Passages that are computed, and kept, at a time.
    private static let batch = 64

    /// - Parameters:
    ///   - index: the path of the index file; its folder exists.
    ///   - excluded: patterns of files and folders to leave out, as in a `.gitignore`.
    ///   - stems: whether words are found in the plural too where the singular is asked for, and the other way round.
    public init(
        folder: String, index: String, encoder: any PassageEncoder, encoderName: String, excluded: [String] = [],
        limits: IndexingLimits = IndexingLimits(), stems: Bool = true
    ) {
        self.folder = folder
        self.index = index
        self.encoder = encoder
        self.encoderName = encoderName
        self.excluded = excluded
        self.limits = limits
        self.stems = stems
    }

    /// Does the work. The stream ends after ``IndexingEvent/finished(_:)``, or throws ``IndexError``, `FileError`, or what
    /// the encoder throws. Ending the consuming task cancels it; what was computed by then is kept for the next time.
    public func run() -> AsyncThrowingStream<IndexingEvent, any Error> {
        let (stream, continuation) = AsyncThrowingStream.makeStream(of: IndexingEvent.self)
        let task = Task {
            do {
                try await run { continuation.yield($0) }
                continuation.finish()
            } catch {
                continuation.finish(throwing: error)
            }
        }
        continuation.onTermination = { _ in task.cancel() }
        return stream
    }

    private func run(_ report: @escaping @Sendable (IndexingEvent) -> Void) async throws {
        let start = ContinuousClock.now
        let probe = try await encoder.vectors(of: [IndexDescription.probeText])[0]
        let rows = try VectorRows(dimensions: encoder.dimensions, runtime: Runtime(threads: 1))
        let description = IndexDescription(
            folder: folder, encoder: encoderName, dimensions: encoder.dimensions, probe: probe,
            chunking: .init(target: target, overlap: Chunker.defaultOverlap), stems: stems,
            written: Int(Date().timeIntervalSince1970))
        let plan = try await BlockingThread.run { cancellation in
            try IndexingPlan(
                for: self, description: description, probeRow: rows.row(of: probe), report: report, cancellation)
        }
        defer { plan.unlock() }
        try await embed(plan, rows, report)
        report(.writing)
        var summary = try await BlockingThread.run { cancellation in try plan.write(cancellation) }
        summary.duration = .now - start
        report(.finished(summary))
    }

    /// Tokens of a passage that the encoder has room for, beside where it stands.
    var target: Int { max(16, min(Self.target, encoder.longestText * 3 / 4)) }

    private func embed(
        _ plan: IndexingPlan, _ rows: VectorRows, _ report: (IndexingEvent) -> Void
    ) async throws {
        let start = ContinuousClock.now
        let (missing, total) = (plan.missing, plan.missing.reduce(0) { $0 + $1.tokens })
        var done = 0
        report(.embedding(done: 0, of: total, passages: missing.count))
        for first in stride(from: 0, to: missing.count, by: Self.batch) {
            try Task.checkCancellation()
            // The longest first, so that no worker is left alone with one at the end.
            let part = missing[first..<min(first + Self.batch, missing.count)].sorted { $0.tokens > $1.tokens }
            let vectors = try await encoder.vectors(of: part.map(\.text))
            let made = zip(part, vectors).map { (digest: $0.digest, row: rows.row(of: $1)) }
            try await BlockingThread.run { _ in try plan.keep(made) }
            done += part.reduce(0) { $0 + $1.tokens }
            report(.embedding(done: done, of: total, passages: missing.count))
        }
        plan.embeddingTook(.now - start, passages: missing.count, tokens: total)
    }
}
