import Foundation
import Playground
import Screen
import Synchronization
import TerminalIO

/// The imperative shell around the playground: waits for one event, drains the rest, updates the state, performs what
/// it asks for, and draws once if something changed.
///
/// ``run()`` blocks, so it is called on a thread of its own.
struct RunLoop {
    /// Why the loop ended.
    enum Ending: Sendable, Equatable {
        /// The user left.
        case left
        /// A signal asked to end.
        case signal(Int32)
        /// The terminal is gone.
        case terminalClosed
    }

    private enum Message: Sendable {
        case playground(Event)
        case terminal(TerminalEvent)
    }

    /// Between frames that answer keys, and before those that only show what models write: their work counts for more.
    private static let frameInterval = Duration.nanoseconds(16_666_667)
    private static let answerInterval = Duration.milliseconds(40)

    private let device: any TerminalDevice
    private let queue: RunLoopQueue<Message>
    private let context: EffectContext
    /// Told of every event once it has been taken in.
    private let observer: (@Sendable (Event, State) -> Void)?
    private var state: State
    private var ending: Ending?
    /// What the screen shows, and when it was drawn.
    private var shown: (frame: Frame, palette: Palette, at: ContinuousClock.Instant)?
    private var isOutdated = true
    /// Whether a key, or anything else but a model's writing, waits to be shown; and when one was last.
    private var isAwaited = true
    private var lastAwaited: ContinuousClock.Instant?

    /// - Parameter sessions: the directory that what happens is recorded in; nil for none.
    init(
        device: any TerminalDevice, state: State, services: any PlaygroundServices, sessions: String? = nil,
        observer: (@Sendable (Event, State) -> Void)? = nil
    ) {
        let queue = RunLoopQueue<Message>()
        self.device = device
        self.state = state
        self.queue = queue
        self.observer = observer
        context = EffectContext(services: services, sessions: sessions) { event in
            queue.post([.playground(event)], canWait: event.isProgress)
        }
    }

    /// Draws the first frame at once, then runs until the user leaves, a signal comes or the terminal goes away. The
    /// terminal is closed afterwards.
    mutating func run() -> Ending {
        draw()
        device.setMouse(state.settings.usesMouse)
        let reading = startReading()
        take(.started)
        while true {
            if let ending {
                reading.clear()
                device.close()
                context.close()
                return ending
            }
            for message in queue.takeAll(until: isOutdated ? nextFrame : nil) where ending == nil { handle(message) }
            if isOutdated, ending == nil, nextFrame <= .now { draw() }
        }
    }

    /// Reads the terminal on a thread of its own, as long as the flag is set.
    private func startReading() -> ReadingFlag {
        let flag = ReadingFlag()
        let (device, queue) = (device, queue)
        let thread = Thread {
            while flag.isSet {
                let events = device.nextEvents()
                queue.post(events.map { .terminal($0) })
                if events.contains(.closed) { return }
            }
        }
        thread.name = "terminal input"
        thread.start()
        return flag
    }

    private mutating func handle(_ message: Message) {
        switch message {
        case .playground(let event): take(event)
        case .terminal(.input(let event)): take(.input(event))
        case .terminal(.suspendRequested): suspend()
        case .terminal(.resumed):
            device.resume()
            followSize()
        case .terminal(.terminated(let signal)): ending = .signal(signal)
        case .terminal(.closed): ending = .terminalClosed
        }
    }

    private mutating func take(_ event: Event) {
        isOutdated = true
        if !event.isProgress { isAwaited = true }
        for effect in state.update(event) { perform(effect) }
        observer?(event, state)
    }

    /// Hands an event in from outside.
    var post: @Sendable (Event) -> Void {
        let queue = queue
        return { event in queue.post([.playground(event)]) }
    }

    private mutating func perform(_ effect: Effect) {
        switch context.perform(effect, contextLength: state.settings.pane.contextLength) {
        case .editExternally(let text):
            let event = EditExternally(text: text).perform(on: device)
            followSize()
            take(event)
        case .copy(let text): take(CopyText(text: text).perform(on: device))
        case .listenToMouse(let isHeard): device.setMouse(isHeard)
        case .suspend: suspend()
        case .redraw:
            device.invalidate()
            shown = nil
        case .exit: ending = .left
        case nil: break
        }
    }

    private mutating func suspend() {
        device.suspend()
        followSize()
    }

    /// The window may have changed while another program had the terminal; whatever it shows is drawn anew.
    private mutating func followSize() {
        shown = nil
        isOutdated = true
        isAwaited = true
        if device.size != state.size { take(.input(.resize(device.size))) }
    }

    private var nextFrame: ContinuousClock.Instant {
        guard let shown else { return .now }
        return isAwaited ? (lastAwaited ?? shown.at) + Self.frameInterval : shown.at + Self.answerInterval
    }

    private mutating func draw() {
        isOutdated = false
        if isAwaited { lastAwaited = .now }
        isAwaited = false
        let frame = render(state)
        let palette = state.appearance.theme.palette
        if let shown, shown.frame == frame, shown.palette == palette { return }
        device.draw(frame, palette: palette)
        shown = (frame, palette, .now)
    }
}

extension Event {
    /// Whether it is one of the many steps in which an answer comes.
    fileprivate var isProgress: Bool {
        switch self {
        case .run(_, .chat(.token)), .run(_, .chat(.prefill)), .run(_, .chat(.memory)), .run(_, .chat(.speculation)):
            true
        default: false
        }
    }
}

/// Whether the terminal is still read.
private final class ReadingFlag: Sendable {
    private let flag = Atomic(true)

    var isSet: Bool { flag.load(ordering: .acquiring) }

    func clear() { flag.store(false, ordering: .releasing) }
}
