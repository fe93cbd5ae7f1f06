import Foundation
import InferenceCore
import ModelLibrary
import Playground

/// Whether the playground is to be plain text.
enum PlainMode {
    /// - Parameters:
    ///   - isConfigured: whether the user's settings ask for it.
    ///   - environment: `ACCESSIBLE`, which is set to anything but 0, and `TERM`, where it is "dumb".
    static func isWanted(isConfigured: Bool, environment: [String: String]) -> Bool {
        let accessible = environment["ACCESSIBLE"] ?? ""
        return isConfigured || (accessible != "" && accessible != "0") || environment["TERM"] == "dumb"
    }
}

/// Runs the playground as plain text, from standard input to standard output, until the user leaves or the input ends.
///
/// - Throws: what ``PlainLoop/run()`` throws, and what the configuration is wrong with.
func runPlainPlayground(_ options: PlaygroundOptions) async throws {
    let library = try ModelLibrary(environment: .process)
    let services = try ModelServices(options, library: library)
    let facts = DoctorDocument.Terminal.current(environment: ProcessInfo.processInfo.environment)
    // A file is read later, perhaps elsewhere.
    let asciiOnly = Output.standard.isTerminal && !facts.isUTF8
    let state = State(options, size: .init(columns: 80, rows: 24), appearance: Appearance(asciiOnly: asciiOnly))
    let loop = PlainLoop(
        input: LineInput(descriptor: STDIN_FILENO), output: .standard, state: state,
        columns: Output.standard.isTerminal ? facts.columns ?? 80 : 80, services: services,
        sessions: options.isRecording ? library.directories.sessions : nil)
    let interrupts = interruptSource(loop.interrupt)
    defer { interrupts.cancel() }
    try await onOwnThread {
        var loop = loop
        try loop.run()
    }
}

/// Has Ctrl+C do this instead of ending the process, until the source is cancelled.
private func interruptSource(_ work: @escaping @Sendable () -> Void) -> any DispatchSourceSignal {
    signal(SIGINT, SIG_IGN)
    let source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
    source.setEventHandler(handler: work)
    source.setCancelHandler { signal(SIGINT, SIG_DFL) }
    source.resume()
    return source
}
