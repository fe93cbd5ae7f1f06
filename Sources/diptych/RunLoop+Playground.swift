import Chat
import Configuration
import Foundation
import InferenceCore
import ModelLibrary
import Playground
import Recording
import Screen
import TerminalIO

/// A pane, and the model that it opens with.
struct PaneRequest: Sendable, Equatable {
    /// What the model stands for; nil where there is one model, or more than two.
    var role: PaneRole?
    /// MODEL as on the command line.
    var model: String
}

/// How the playground opens.
struct PlaygroundOptions: Sendable {
    /// From one to four.
    var panes: [PaneRequest]
    /// How the panes answer, and what each of them begins with.
    var settings = Settings()
    /// Whether models may be reached unencrypted on other machines.
    var allowsPlainHTTP = false
    /// Worker threads; nil is one a core.
    var threads: Int?
    var cacheFormat = KVCacheFormat.f16
    /// Is used instead of the models' own.
    var template: ChatTemplate?
    /// Name of a theme; nil is the first dark one.
    var theme: String?
    var keymap = Keymap.standard
    /// Whether what happens is written to a session file.
    var isRecording = true
    /// Is sent as soon as the models are open.
    var initialPrompt: String?
}

extension State {
    /// A playground that opens as the options say.
    init(_ options: PlaygroundOptions, size: Size, appearance: Appearance) {
        self.init(
            size: size,
            panes: options.panes.map { Pane(role: $0.role, model: $0.model, settings: options.settings.pane) },
            settings: options.settings, appearance: appearance, keymap: options.keymap,
            initialPrompt: options.initialPrompt, seed: UInt64.random(in: 0 ... .max))
    }
}

extension ModelServices {
    init(_ options: PlaygroundOptions, library: ModelLibrary) throws {
        let resolver = try ModelResolver(library: library, allowsPlainHTTP: options.allowsPlainHTTP)
        self.init(
            resolver: resolver,
            opener: ModelOpener(
                threads: options.threads, cacheFormat: options.cacheFormat, template: options.template,
                localPrice: resolver.configuration.localPrice))
    }
}

/// Runs the playground in the terminal until the user leaves. Models open while the first frame is already there. A
/// terminal that can't place the cursor gets plain text.
///
/// If a signal asked to end, ends the process by that signal once the terminal is restored.
/// - Throws: `TerminalError` where there is no full screen, and what the configuration is wrong with; the terminal is
///   restored by then.
func runPlayground(_ options: PlaygroundOptions) async throws {
    let library = try ModelLibrary(environment: .process)
    let appearance = try Appearance(
        theme: options.theme, files: ShippedFiles(directories: library.directories))
    let services = try ModelServices(options, library: library)
    let terminal: Terminal
    do {
        terminal = try Terminal()
    } catch TerminalError.tooSimple {
        return try await runPlainPlayground(options)
    }
    let ending = try await onOwnThread {
        defer { terminal.close() }
        var appearance = appearance
        appearance.asciiOnly = terminal.isASCIIOnly
        let state = State(options, size: terminal.size, appearance: appearance)
        var loop = RunLoop(
            device: terminal, state: state, services: services,
            sessions: options.isRecording ? library.directories.sessions : nil)
        return loop.run()
    }
    finish(ending)
}

/// Shows a recorded session in the playground, at its own speed, without any model.
/// - Throws: as ``runPlayground(_:)``.
func runReplay(_ session: RecordedSession, speed: ReplaySpeed, theme: String?) async throws {
    let directories = try Directories(environment: .process)
    let configuration = try ConfigurationFile(directories: directories)
    let appearance = try Appearance(
        theme: theme ?? configuration.theme, files: ShippedFiles(directories: directories))
    let director = ReplayDirector(session, speed: speed)
    let panes = director.firstPanes.map {
        Pane(role: $0.opening.role, model: $0.opening.model, id: PaneID($0.opening.pane))
    }
    guard !panes.isEmpty else { throw CommandFailure(message: "the recording begins without any model") }
    let terminal = try Terminal()
    let ending = try await onOwnThread {
        defer { terminal.close() }
        var appearance = appearance
        appearance.asciiOnly = terminal.isASCIIOnly
        let state = State(
            size: terminal.size, panes: panes, settings: Settings(usesMouse: configuration.mouse),
            appearance: appearance, isReplay: true)
        var loop = RunLoop(
            device: terminal, state: state, services: ReplayServices(session, speed: speed),
            observer: { director.observe($0, $1) })
        let post = loop.post
        Thread { director.run(post) }.start()
        defer { director.stop() }
        return loop.run()
    }
    finish(ending)
}

private func finish(_ ending: RunLoop.Ending) {
    switch ending {
    case .left: return
    case .signal(let number): end(bySignal: number)
    case .terminalClosed: end(bySignal: SIGHUP)
    }
}

/// Ends the process the way the signal would have, so that whoever started it sees why.
private func end(bySignal number: Int32) {
    signal(number, SIG_DFL)
    // The threads of the concurrency pool hold signals back.
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, number)
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    raise(number)
}

extension Appearance {
    /// The shipped themes and the user's own.
    /// - Parameter theme: the one to begin with; nil is the first dark one.
    /// - Throws: what is wrong with the asked theme. Others that can't be read are left out.
    init(theme wanted: String?, files: ShippedFiles) throws {
        let loaded = files.names(in: "themes").map { name in
            (name, Result { try ThemeFile(yaml: files.contents(of: "themes/\(name)"), file: name) })
        }
        let readable = loaded.compactMap { try? $0.1.get() }
        if let wanted, !readable.contains(where: { $0.name == wanted }) {
            // A file of that name says best why there is no such theme.
            for (name, result) in loaded where name == "\(wanted).yaml" { _ = try result.get() }
            let known = readable.map(\.name).joined(separator: ", ")
            throw CommandFailure(message: "no theme is called '\(wanted)'; known are \(known)", status: .wrongUsage)
        }
        self.init(
            themes: readable.map { Theme(name: $0.name, palette: $0.palette) },
            selected: wanted ?? readable.first { $0.background == .dark }?.name)
    }
}
