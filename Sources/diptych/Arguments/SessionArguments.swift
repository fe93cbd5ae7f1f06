import ArgumentParser
import Configuration
import Recording

/// Which recorded session is meant.
struct SessionArguments: ParsableArguments {
    @Argument(help: "A session's file, or a name that `diptych sessions list` shows.")
    var session: String

    func file() throws -> SessionFile {
        try SessionFolder(environment: .process).file(for: session)
    }

    /// - Parameter keepsAlternatives: whether anybody looks at what each token could have been instead.
    /// - Throws: `SessionFileError`.
    func read(keepsAlternatives: Bool) async throws -> RecordedSession {
        let file = try file()
        return try await onOwnThread { try RecordedSession(reading: file, keepsAlternatives: keepsAlternatives) }
    }
}
