import Foundation
import Screen
import TerminalIO

/// A terminal in memory: events are scripted, and what would travel to the screen is applied to a grid of cells.
public final class MemoryTerminal: TerminalDevice, @unchecked Sendable {
    /// Something that was done to the terminal.
    public enum Call: Sendable, Equatable {
        case draw, invalidate, suspend, resume, close
        case run(String, arguments: [String])
        case mouse(Bool)
    }

    public static let copyLimit = 1000

    public let isASCIIOnly: Bool
    private let condition = NSCondition()
    // All of these are guarded by the condition's lock.
    private var currentSize: Size
    private var events: [TerminalEvent] = []
    private var isWoken = false
    private var isClosed = false
    private var shown: Frame?
    private var frames: [Frame] = []
    private var calls: [Call] = []
    private var cellsTravelled = 0
    private var clipboard: String?
    private let program: @Sendable (String, [String]) -> Int32

    /// - Parameter program: stands for what ``run(_:arguments:)`` runs: an editor may change a file here.
    public init(
        size: Size = Size(columns: 80, rows: 24), isASCIIOnly: Bool = false,
        program: @escaping @Sendable (String, [String]) -> Int32 = { _, _ in 0 }
    ) {
        self.program = program
        currentSize = size
        self.isASCIIOnly = isASCIIOnly
    }

    // MARK: What tests do and see

    /// Lets the next call of ``nextEvents()`` return these.
    public func send(_ new: TerminalEvent...) {
        synchronized {
            events += new
            for case .input(.resize(let size)) in new { currentSize = size }
        }
    }

    /// Keys, one event each.
    public func send(keys: Key...) {
        synchronized { events += keys.map { .input(.key($0)) } }
    }

    /// A text, typed character by character.
    public func type(_ text: String) {
        synchronized { events += text.map { .input(.key(.character($0))) } }
    }

    /// What a person sees, rebuilt from the cells that travelled.
    public var screen: Frame? { synchronized { shown } }
    /// Every frame that was drawn, oldest first.
    public var drawn: [Frame] { synchronized { frames } }
    public var history: [Call] { synchronized { calls } }
    /// The text that was copied last.
    public var copied: String? { synchronized { clipboard } }
    public var travelled: Int { synchronized { cellsTravelled } }

    /// Waits until the screen satisfies a condition, without keeping a thread from its work. Gives up after so many looks:
    /// where other tests keep all threads busy, the time says nothing.
    public func shows(looks: Int = 10_000, _ isSatisfied: (Frame) -> Bool) async -> Bool {
        for _ in 0..<looks {
            if let screen, isSatisfied(screen) { return true }
            try? await Task.sleep(for: .milliseconds(2))
        }
        return false
    }

    // MARK: TerminalDevice

    public var size: Size { synchronized { currentSize } }

    public func nextEvents() -> [TerminalEvent] {
        condition.lock()
        defer { condition.unlock() }
        while events.isEmpty, !isWoken, !isClosed { condition.wait() }
        isWoken = false
        defer { events = [] }
        return isClosed && events.isEmpty ? [.closed] : events
    }

    public func wake() { synchronized { isWoken = true } }

    public func draw(_ frame: Frame, palette: Palette) {
        synchronized {
            guard !isClosed else { return }
            calls.append(.draw)
            var rebuilt = shown?.size == frame.size ? shown ?? frame : Frame(size: frame.size)
            for run in FrameDiff.changes(from: shown, to: frame) {
                cellsTravelled += run.cells.count
                for (offset, cell) in run.cells.enumerated() {
                    rebuilt[column: run.origin.column + offset, row: run.origin.row] = cell
                }
            }
            rebuilt.cursor = frame.cursor
            shown = rebuilt
            frames.append(frame)
        }
    }

    public func invalidate() { synchronized { calls.append(.invalidate) } }
    public func suspend() { synchronized { calls.append(.suspend) } }
    public func resume() { synchronized { calls.append(.resume) } }

    public func setMouse(_ isHeard: Bool) { synchronized { calls.append(.mouse(isHeard)) } }

    public func run(_ command: String, arguments: [String]) -> Int32 {
        synchronized {
            calls.append(.run(command, arguments: arguments))
            shown = nil
        }
        return program(command, arguments)
    }

    /// As the terminal does it, with a limit of its own.
    public func copy(_ text: String) -> CopyResult {
        synchronized {
            guard !isClosed else { return .closed }
            guard text.utf8.count <= Self.copyLimit else {
                return .tooLong(bytes: text.utf8.count, limit: Self.copyLimit)
            }
            clipboard = text
            return .sent
        }
    }

    public func close() {
        synchronized {
            guard !isClosed else { return }
            calls.append(.close)
            isClosed = true
        }
    }

    private func synchronized<Value>(_ body: () -> Value) -> Value {
        condition.lock()
        defer {
            condition.broadcast()
            condition.unlock()
        }
        return body()
    }
}
