import Configuration
import Foundation
import ModelLibrary
import Synchronization

/// Pulls models one after the other and shows how far each one is.
struct PullRun: Sendable {
    let library: ModelLibrary
    let environment: Environment
    let errors: Output

    /// - Parameter ids: the default pair if empty.
    /// - Throws: `ModelLibraryError` before anything is fetched if an id is unknown, ``Interrupted`` on Ctrl+C, and
    ///   what a pull throws.
    func run(_ ids: [String]) async throws -> ModelPathsDocument {
        let ids = try ids.isEmpty ? [library.defaultModel(of: .small), library.defaultModel(of: .large)] : ids
        for id in ids { _ = try library.entry(id) }
        do {
            return try await cancellableByInterrupt {
                var document = ModelPathsDocument(models: [])
                for id in ids { document.models.append(.init(id: id, path: try await pull(id))) }
                return document
            }
        } catch let interruption as Interrupted {
            errors.tell("what has arrived is kept: the same command goes on from there")
            throw interruption
        }
    }

    private func pull(_ id: String) async throws -> String {
        if let path = try? library.path(of: id) { return path }
        let entry = try library.entry(id)
        errors.tell("pulling \(entry.title), \(ByteSize.text(entry.bytes)), licence: \(entry.licence)")
        let clock = ContinuousClock()
        let start = clock.now
        let text = Mutex(ProgressText(terminal: nil))
        defer { text.withLock { try? errors.write($0.end()) } }
        return try await library.pull(id) { progress in
            // A window may change its width meanwhile.
            let line = terminalLine
            text.withLock { text in
                text.terminal = line
                // A closed standard error is nobody's loss.
                try? errors.write(text.text(for: progress, at: (clock.now - start) / .seconds(1)))
            }
        }
    }

    /// How a line looks on the terminal; nil where there is none that can draw a line again.
    private var terminalLine: ProgressLine? {
        guard errors.isTerminal, let term = environment["TERM"], term != "dumb" else { return nil }
        var size = winsize()
        let hasSize = ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
        // The last column stays free, for some terminals wrap as soon as it is written, and so does room for the ^C
        // that a terminal shows when it is typed.
        let width = (hasSize ? Int(size.ws_col) : 80) - 3
        return ProgressLine(
            width: width, isUnicode: DoctorDocument.Terminal.isUTF8(environment.variables))
    }
}
