import Dispatch
import Foundation
import Playground
import Synchronization

/// The imperative shell around a playground without a screen: reads a line whenever one can be taken, and writes what
/// comes of it.
///
/// ``run()`` blocks, so it is called on a thread of its own.
struct PlainLoop {
    private enum Message: Sendable {
        case playground(Event)
        case reading(LineInput.Reading)
        case interrupted
    }

    private let input: LineInput
    private let output: Output
    private let queue: RunLoopQueue<Message>
    private let context: EffectContext
    private let reader: LineReader
    private var playground: PlainPlayground
    /// The lines that a backslash joins with the one that is to come.
    private var begun = ""
    /// Whether a line was asked for and hasn't come.
    private var isReading = false
    private var isAtEnd = false
    private var isLeaving = false

    /// - Parameters:
    ///   - columns: how wide tables may be.
    ///   - sessions: the directory that what happens is recorded in; nil for none.
    init(
        input: LineInput, output: Output, state: State, columns: Int = 80, services: any PlaygroundServices,
        sessions: String? = nil
    ) {
        let queue = RunLoopQueue<Message>()
        self.input = input
        self.output = output
        self.queue = queue
        playground = PlainPlayground(state: state, columns: columns, isInteractive: input.isTerminal)
        reader = LineReader(input) { queue.post([.reading($0)]) }
        context = EffectContext(services: services, sessions: sessions) { queue.post([.playground($0)]) }
    }

    /// Takes note of Ctrl+C. May be called from any thread.
    var interrupt: @Sendable () -> Void {
        let queue = queue
        return { queue.post([.interrupted]) }
    }

    /// Runs until the user leaves or the input has ended and everything is answered.
    /// - Throws: ``Interrupted`` if Ctrl+C came and nobody is at the terminal to go on; a ``CommandFailure`` if lines of
    ///   a file or a pipe weren't all answered; what writing throws.
    mutating func run() throws {
        reader.start()
        defer {
            reader.stop()
            context.close()
        }
        try take(playground.take(.started))
        while !isLeaving {
            try askForLine()
            if isLeaving { break }
            for message in queue.takeAll(until: nil) where !isLeaving { try handle(message) }
        }
        guard !input.isTerminal, playground.failures > 0 else { return }
        throw CommandFailure(
            message: playground.failures == 1 ? "1 answer failed" : "\(playground.failures) answers failed")
    }

    private mutating func handle(_ message: Message) throws {
        switch message {
        case .playground(let event): try take(playground.take(event))
        case .reading(let reading):
            isReading = false
            try handle(reading)
        case .interrupted:
            guard input.isTerminal else { throw Interrupted() }
            begun = ""
            try take(playground.interrupt())
            // The shell's line begins behind what the terminal has shown for the key.
            if isLeaving { try output.write("\n") }
        }
    }

    private mutating func handle(_ reading: LineInput.Reading) throws {
        switch reading {
        case .begun(let line): begun += line + "\n"
        case .line(let line):
            let whole = begun + line
            begun = ""
            try take(playground.enter(whole))
        case .failed(let reason):
            begun = ""
            guard input.isTerminal else { throw CommandFailure(message: reason) }
            try output.write(reason + "\n")
        case .lost(let reason): throw CommandFailure(message: reason)
        case .end:
            isAtEnd = true
            let rest = String(begun.dropLast())
            begun = ""
            if !rest.isEmpty { try take(playground.enter(rest)) }
        }
    }

    /// Asks for a line where one can be taken; leaves where none will come.
    private mutating func askForLine() throws {
        guard !isReading, playground.isReady else { return }
        guard !isAtEnd else {
            if input.isTerminal { try output.write("\n") }
            return try take(playground.end())
        }
        isReading = true
        if input.isTerminal {
            try output.write(begun.isEmpty ? playground.question : "  ")
        } else if playground.asksForVote {
            try output.write(playground.question + "\n")
        }
        reader.ask()
    }

    private mutating func take(_ step: PlainPlayground.Step) throws {
        if !step.text.isEmpty {
            // What comes while a line is typed stands above it.
            let isTyping = isReading && input.isTerminal
            try output.write(isTyping ? "\n\(step.text)\(playground.question)" : step.text)
        }
        for effect in step.effects {
            let contextLength = playground.state.settings.pane.contextLength
            switch context.perform(effect, contextLength: contextLength) {
            case .exit: isLeaving = true
            // The playground offers none of these without a screen.
            case .editExternally, .copy, .listenToMouse, .suspend, .redraw, nil: break
            }
        }
    }
}

/// Reads lines on a thread of its own, each when it is asked for: what is typed too early stays with the terminal, which
/// drops it at Ctrl+C.
private final class LineReader: Sendable {
    private let input: LineInput
    private let post: @Sendable (LineInput.Reading) -> Void
    private let asked = DispatchSemaphore(value: 0)
    private let isStopped = Atomic(false)

    init(_ input: LineInput, post: @escaping @Sendable (LineInput.Reading) -> Void) {
        self.input = input
        self.post = post
    }

    func start() {
        let thread = Thread { [self] in
            while true {
                asked.wait()
                if isStopped.load(ordering: .acquiring) { return }
                post(input.next())
            }
        }
        thread.name = "line input"
        thread.start()
    }

    func ask() { asked.signal() }

    func stop() {
        isStopped.store(true, ordering: .releasing)
        asked.signal()
    }
}
