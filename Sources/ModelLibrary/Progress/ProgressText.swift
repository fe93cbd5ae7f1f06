/// Turns reports into what is written to standard error: on a terminal a line that redraws itself, elsewhere a line
/// every few seconds.
public struct ProgressText: Sendable {
    /// Seconds between lines where nobody watches them grow.
    private static let interval = 5.0
    /// Wide enough for everything, where there is no terminal to fit.
    private static let plainWidth = 100

    /// How a line looks on the terminal; nil if standard error isn't one.
    public var terminal: ProgressLine?
    private var lastLine = -Double.infinity
    private var lastPhase: PullProgress.Phase?
    private var isDrawn = false

    public init(terminal: ProgressLine?) {
        self.terminal = terminal
    }

    /// The text to write for a report; empty for most where there is no terminal.
    ///
    /// - Parameter seconds: the time, from any zero.
    public mutating func text(for progress: PullProgress, at seconds: Double) -> String {
        guard let terminal else { return plainText(for: progress, at: seconds) }
        let notice = progress.notice.map { "\(erased)\($0)\n" } ?? ""
        if progress.phase == .done { return notice + end() }
        defer { isDrawn = true }
        return notice + "\r\(terminal.text(progress))\u{1B}[K"
    }

    /// Takes the line off the screen, so that what follows begins on a clean one.
    public mutating func end() -> String {
        defer { isDrawn = false }
        return isDrawn ? erased : ""
    }

    private var erased: String { terminal == nil ? "" : "\r\u{1B}[K" }

    private mutating func plainText(for progress: PullProgress, at seconds: Double) -> String {
        if let notice = progress.notice { return "\(notice)\n" }
        let isNew = progress.phase.kind != lastPhase?.kind
        lastPhase = progress.phase
        guard progress.phase != .done, progress.phase != .checkingSpace else { return "" }
        guard isNew || seconds - lastLine >= Self.interval else { return "" }
        lastLine = seconds
        return ProgressLine(width: Self.plainWidth, isUnicode: false).text(progress) + "\n"
    }
}

extension PullProgress.Phase {
    /// The phase without its figures.
    fileprivate var kind: Int {
        switch self {
        case .waiting: 0
        case .checkingSpace: 1
        case .downloading: 2
        case .verifying: 3
        case .done: 4
        }
    }
}
