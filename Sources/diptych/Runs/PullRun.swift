import Configuration
import Foundation
import ModelLibrary
import Synchronization

/// Pulls models one after the other and shows how far each one is.
struct PullRun: Sendable {
    let library: ModelLibrary
    let environment: Environment
    let errors: Output

    /// - Parameters:
    ///   - names: ids of the catalog and models of the Hugging Face Hub.
    ///   - file: a file on any server; without it and names, the default pair is pulled.
    /// - Throws: `ModelLibraryError` before anything is fetched if an id is unknown, and whatever a server says against
    ///   it; ``Interrupted`` on Ctrl+C, and what a pull throws.
    func run(_ names: [String], file: WebFile? = nil) async throws -> ModelPathsDocument {
        let names =
            try names.isEmpty && file == nil
            ? [library.defaultModel(of: .small), library.defaultModel(of: .large)] : names
        do {
            return try await cancellableByInterrupt {
                var wanted: [Wanted] = []
                for name in names { wanted.append(try await find(name)) }
                if let file { wanted.append(.missing(try await library.target(of: file))) }
                var document = ModelPathsDocument(models: [])
                for wanted in wanted {
                    switch wanted {
                    case .here(let model): document.models.append(model)
                    case .missing(let target): document.models.append(.init(try await pull(target)))
                    }
                }
                return document
            }
        } catch let interruption as Interrupted {
            errors.tell("what has arrived is kept: the same command goes on from there")
            throw interruption
        }
    }

    private enum Wanted: Sendable {
        case here(ModelPathsDocument.Model)
        case missing(PullTarget)
    }

    /// What there is to do for a name.
    private func find(_ name: String) async throws -> Wanted {
        // Of a repository as a whole anything may be here, not only what it gives to those who don't choose.
        let isChosen = (try? HubReference(name))?.selection != nil || !name.hasPrefix(HubReference.prefix)
        if isChosen, let path = try? library.path(of: name) { return .here(.init(id: name, path: path)) }
        return .missing(try await library.target(of: name))
    }

    private func pull(_ target: PullTarget) async throws -> PulledModel {
        if !target.isHere { announce(target) }
        let clock = ContinuousClock()
        let start = clock.now
        let text = Mutex(ProgressText(terminal: nil))
        defer { text.withLock { try? errors.write($0.end()) } }
        let model = try await library.pull(target) { progress in
            // A window may change its width meanwhile.
            let line = terminalLine
            text.withLock { text in
                text.terminal = line
                // A closed standard error is nobody's loss.
                try? errors.write(text.text(for: progress, at: (clock.now - start) / .seconds(1)))
            }
        }
        // Where nobody said what to expect, people may want to compare.
        for (file, found) in zip(target.files, model.files) where file.sha256 == nil && !target.isHere {
            errors.tell("SHA-256 of \(found.path): \(found.sha256 ?? "")")
        }
        return model
    }

    private func announce(_ target: PullTarget) {
        if let entry = library.catalog[target.name]?.entry {
            errors.tell("pulling \(entry.title), \(ByteSize.text(entry.bytes)), licence: \(entry.licence)")
            return
        }
        let files = target.files.count > 1 ? " in \(target.files.count) files" : ""
        errors.tell("pulling \(target.name), \(ByteSize.text(target.bytes))\(files)")
        if let notice = target.notice { errors.tell(notice) }
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
