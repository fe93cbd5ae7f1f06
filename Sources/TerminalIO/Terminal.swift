import CNcurses
import Foundation
import Screen
import Synchronization

/// The terminal that the process runs in, as a full screen.
///
/// Bytes are read by ``nextEvents()`` on a thread of its own; everything else may be called from any thread. The
/// terminal is restored by ``close()``, at exit, by a signal that nobody answers, and after a crash. What is written
/// to standard error meanwhile appears once it is restored.
public final class Terminal: TerminalDevice {
    /// How many colours the terminal shows.
    public let colorDepth: ColorDepth
    public let isASCIIOnly: Bool

    let input: TerminalInput
    private let output: Int32
    private let clipboard: Clipboard
    private let drawing = Mutex(Drawing())

    private struct Drawing {
        var shown: Frame?
        var palette: Palette?
        var styles: [Role: TerminalStyle] = [:]
        var isOpen = true
    }

    /// Enters the alternate screen and raw mode. One terminal can be open at a time.
    ///
    /// Keys come from standard input, or from `/dev/tty` where standard input is redirected.
    /// - Throws: ``TerminalError``, with the terminal as it was.
    public convenience init(environment: [String: String] = ProcessInfo.processInfo.environment) throws {
        guard isatty(STDOUT_FILENO) == 1 else { throw TerminalError.outputRedirected }
        if isatty(STDIN_FILENO) == 1 {
            try self.init(input: STDIN_FILENO, output: STDOUT_FILENO, environment: environment)
        } else {
            let keyboard = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
            guard keyboard >= 0 else { throw TerminalError.noKeyboard }
            // The descriptor lives as long as the process: a thread may be waiting at it until the end.
            try self.init(input: keyboard, output: STDOUT_FILENO, environment: environment)
        }
    }

    /// - Parameters:
    ///   - input: descriptor of the terminal that keys come from.
    ///   - output: descriptor of the terminal to draw on.
    init(input: Int32, output: Int32, environment: [String: String]) throws {
        guard let name = environment["TERM"], !name.isEmpty else { throw TerminalError.unnamed }
        isASCIIOnly = !terminal_prepare_locale()
        let result = terminal_open(name, input, output, ColorDepth.isDirectPromised(by: environment))
        let reason = errno
        switch UInt32(bitPattern: result) {
        case TERMINAL_OPENED.rawValue: break
        case TERMINAL_UNKNOWN.rawValue: throw TerminalError.unknown(name)
        case TERMINAL_TOO_SIMPLE.rawValue: throw TerminalError.tooSimple(name)
        default: throw TerminalError.system(String(cString: strerror(reason)))
        }
        self.output = output
        clipboard = Clipboard(environment: environment)
        self.input = TerminalInput(terminal: input, signals: terminal_signal_descriptor())
        colorDepth = ColorDepth(
            colors: Int(terminal_colors()), isDirect: terminal_has_direct_colors(), noColor: environment["NO_COLOR"])
        let size = Self.measure(output)
        terminal_resize(Int32(size.rows), Int32(size.columns))
    }

    deinit { close() }

    public var size: Size { Self.measure(output) }

    private static func measure(_ descriptor: Int32) -> Size {
        var window = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &window) == 0, window.ws_col > 0, window.ws_row > 0 else {
            return Size(columns: 80, rows: 24)
        }
        return Size(columns: Int(window.ws_col), rows: Int(window.ws_row))
    }

    public func nextEvents() -> [TerminalEvent] {
        input.next { self.size }
    }

    public func wake() { input.wake() }

    public func draw(_ frame: Frame, palette: Palette) {
        drawing.withLock { drawing in
            guard drawing.isOpen else { return }
            if drawing.palette != palette {
                drawing.palette = palette
                drawing.styles = TerminalStyle.all(of: palette, depth: colorDepth)
                for style in drawing.styles.values where style.pair > 0 {
                    terminal_define_pair(Int32(style.pair), Int32(style.foreground), Int32(style.background))
                }
                drawing.shown = nil
            }
            if let shown = drawing.shown, shown.size != frame.size { drawing.shown = nil }
            if drawing.shown == nil { terminal_resize(Int32(frame.size.rows), Int32(frame.size.columns)) }
            for run in FrameDiff.changes(from: drawing.shown, to: frame) { put(run, drawing.styles) }
            terminal_flush(Int32(frame.cursor?.row ?? -1), Int32(frame.cursor?.column ?? -1))
            drawing.shown = frame
        }
    }

    private func put(_ run: FrameDiff.Run, _ styles: [Role: TerminalStyle]) {
        var latest: TerminalStyle?
        for (offset, cell) in run.cells.enumerated() where cell.glyph != Cell.continuation {
            let isWide = offset + 1 < run.cells.count && run.cells[offset + 1].glyph == Cell.continuation
            let columns = isWide ? 2 : 1
            let pieces =
                isASCIIOnly
                ? CellText.ascii(cell.glyph, columns: columns) : CellText.pieces(of: cell.glyph, columns: columns)
            guard var style = styles[cell.role] else { continue }
            // A change of colours is longer than most words.
            if cell.glyph == " ", let latest, latest.blankLooksLike(style) { style = latest }
            latest = style
            var column = run.origin.column + offset
            for piece in pieces {
                terminal_put(
                    Int32(run.origin.row), Int32(column), piece.scalars, Int32(piece.scalars.count),
                    Int32(piece.columns), style.attributes, Int32(style.pair))
                column += piece.columns
            }
        }
    }

    public func invalidate() {
        drawing.withLock { $0.shown = nil }
    }

    public func suspend() {
        drawing.withLock { drawing in
            guard drawing.isOpen else { return }
            terminal_suspend()
            drawing.shown = nil
        }
    }

    public func resume() {
        drawing.withLock { drawing in
            guard drawing.isOpen else { return }
            terminal_resume()
            drawing.shown = nil
        }
    }

    public func setMouse(_ isHeard: Bool) {
        drawing.withLock { drawing in
            if drawing.isOpen { terminal_set_mouse(isHeard) }
        }
    }

    public func copy(_ text: String) -> CopyResult {
        guard let sequence = clipboard.sequence(copying: text) else {
            return .tooLong(bytes: text.utf8.count, limit: Clipboard.limit)
        }
        return drawing.withLock { drawing in
            guard drawing.isOpen else { return .closed }
            terminal_send(sequence, Int32(sequence.utf8.count))
            return .sent
        }
    }

    public func close() {
        drawing.withLock { drawing in
            guard drawing.isOpen else { return }
            drawing.isOpen = false
            terminal_close()
        }
        wake()
    }
}

extension Terminal {
    public func run(_ command: String, arguments: [String]) throws -> Int32 {
        input.pause()
        defer { input.resume() }
        return try drawing.withLock { drawing in
            guard drawing.isOpen else { throw TerminalError.system("it is closed") }
            drawing.shown = nil
            let strings = (["/bin/sh", "-c", command, "sh"] + arguments).map { strdup($0) }
            defer { for string in strings { free(string) } }
            let status = (strings.map { UnsafePointer<CChar>($0) } + [nil]).withUnsafeBufferPointer {
                terminal_run($0.baseAddress)
            }
            guard status >= 0 else {
                throw TerminalError.program(path: "/bin/sh", reason: String(cString: strerror(errno)))
            }
            return status
        }
    }
}

extension TerminalStyle {
    /// The attributes as bits of `terminal_attribute`.
    var attributes: UInt32 {
        var bits: UInt32 = 0
        if isBold { bits |= TERMINAL_BOLD.rawValue }
        if isDim { bits |= TERMINAL_DIM.rawValue }
        if isReverse { bits |= TERMINAL_REVERSE.rawValue }
        if isUnderlined { bits |= TERMINAL_UNDERLINE.rawValue }
        if isItalic { bits |= TERMINAL_ITALIC.rawValue }
        return bits
    }
}
