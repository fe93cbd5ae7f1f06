import Foundation
import Screen
import Testing

@testable import TerminalIO

/// ncurses and the signal handlers belong to the whole process, so these tests run one after another.
@Suite(.serialized) struct TerminalTests {
    let palette = Palette([.text: Style(), .error: Style(foreground: Color(red: 255, green: 0, blue: 0))])

    func open(
        _ pseudo: PseudoTerminal, term: String = "xterm-256color", _ environment: [String: String] = [:]
    ) throws -> Terminal {
        let environment = environment.merging(["TERM": term]) { own, _ in own }
        return try Terminal(input: pseudo.slave, output: pseudo.slave, environment: environment)
    }

    func frame(_ text: String, role: Role = .text, size: Size = Size(columns: 20, rows: 4)) -> Frame {
        var frame = Frame(size: size)
        frame.write(text, at: Point(column: 0, row: 1), role: role)
        return frame
    }

    @Test func theTerminalIsAsItWas() throws {
        let pseudo = try PseudoTerminal(size: Size(columns: 20, rows: 4))
        let modes = pseudo.modes
        let terminal = try open(pseudo)
        #expect(pseudo.modes != modes)
        terminal.draw(frame("hello"), palette: palette)
        let entering = pseudo.sent()
        #expect(entering.contains("\u{1B}[?1049h"))
        #expect(entering.contains("\u{1B}[?2004h"))
        #expect(entering.contains("hello"))
        terminal.close()
        terminal.close()
        let leaving = pseudo.sent()
        #expect(leaving.contains("\u{1B}[?1049l"))
        #expect(leaving.contains("\u{1B}[?2004l"))
        #expect(pseudo.modes == modes)
        terminal.draw(frame("more"), palette: palette)
        #expect(pseudo.sent().isEmpty)
    }

    @Test func onlyChangedCellsTravel() throws {
        let pseudo = try PseudoTerminal(size: Size(columns: 20, rows: 4))
        let terminal = try open(pseudo)
        defer { terminal.close() }
        terminal.draw(frame("日本語 hello"), palette: palette)
        #expect(pseudo.sent().contains("日本語 hello"))
        terminal.draw(frame("日本語 jello"), palette: palette)
        let change = pseudo.sent()
        #expect(change.contains("j"))
        #expect(!change.contains("ello"))
        #expect(change.utf8.count < 40)
        terminal.draw(frame("日本語 jello"), palette: palette)
        #expect(!pseudo.sent().contains("j"))
        terminal.invalidate()
        terminal.draw(frame("日本語 jello"), palette: palette)
        #expect(pseudo.sent().contains("日本語 jello"))
    }

    @Test func escapeSequencesOfATextAreNeverSent() throws {
        let pseudo = try PseudoTerminal(size: Size(columns: 40, rows: 4))
        let terminal = try open(pseudo)
        defer { terminal.close() }
        terminal.draw(frame("\u{1B}]0;owned\u{7}\u{9B}5n", size: Size(columns: 40, rows: 4)), palette: palette)
        let sent = pseudo.sent()
        #expect(!sent.contains("\u{1B}]0;"))
        #expect(!sent.unicodeScalars.contains("\u{9B}"))
        #expect(sent.contains("owned"))
    }

    @Test(arguments: [("xterm-256color", "38;5;196"), ("xterm", "31m"), ("vt100", "")])
    func coloursFollowTheTerminal(term: String, sequence: String) throws {
        let pseudo = try PseudoTerminal(size: Size(columns: 20, rows: 4))
        let terminal = try open(pseudo, term: term)
        defer { terminal.close() }
        terminal.draw(frame("red", role: .error), palette: palette)
        let sent = pseudo.sent()
        #expect(sent.contains("red"))
        if sequence.isEmpty {
            #expect(terminal.colorDepth == .none)
            #expect(!sent.contains("[3"))
        } else {
            #expect(sent.contains(sequence))
        }
    }

    @Test func noColorIsHonoured() throws {
        let pseudo = try PseudoTerminal(size: Size(columns: 20, rows: 4))
        let terminal = try open(pseudo, ["NO_COLOR": "1"])
        defer { terminal.close() }
        terminal.draw(frame("red", role: .error), palette: palette)
        #expect(!pseudo.sent().contains("38;5"))
    }

    @Test func keysAndSignalsArrive() throws {
        let pseudo = try PseudoTerminal(size: Size(columns: 20, rows: 4))
        let terminal = try open(pseudo)
        defer { terminal.close() }
        pseudo.type("é\u{1B}[A")
        #expect(terminal.nextEvents() == [.input(.key(.character("é"))), .input(.key(.up))])
        pseudo.type("\u{1B}")
        #expect(terminal.nextEvents() == [.input(.key(.escape))])
        pseudo.resize(Size(columns: 60, rows: 9))
        raise(SIGWINCH)
        #expect(terminal.nextEvents() == [.input(.resize(Size(columns: 60, rows: 9)))])
        #expect(terminal.size == Size(columns: 60, rows: 9))
        terminal.draw(frame("wide", size: terminal.size), palette: palette)
        raise(SIGTERM)
        #expect(terminal.nextEvents() == [.terminated(signal: SIGTERM)])
        raise(SIGTSTP)
        #expect(terminal.nextEvents() == [.suspendRequested])
        terminal.wake()
        #expect(terminal.nextEvents().isEmpty)
    }

    @Test func terminalsThatCannotDoItAreRefused() throws {
        let pseudo = try PseudoTerminal(size: Size(columns: 20, rows: 4))
        let modes = pseudo.modes
        #expect(throws: TerminalError.unknown("no-such-terminal")) { _ = try open(pseudo, term: "no-such-terminal") }
        #expect(throws: TerminalError.tooSimple("dumb")) { _ = try open(pseudo, term: "dumb") }
        #expect(throws: TerminalError.unnamed) { _ = try open(pseudo, term: "") }
        #expect(pseudo.modes == modes)
        for error in [TerminalError.unknown("x"), .tooSimple("dumb"), .unnamed, .outputRedirected, .noKeyboard] {
            #expect(!"\(error)".contains("\n"))
        }
    }

    /// The entries that Debian's smallest installation has; each says 256 colours or fewer.
    @Test(arguments: ["xterm-256color", "screen-256color", "tmux-256color"])
    func colorTermGivesDirectColour(term: String) throws {
        let pseudo = try PseudoTerminal(size: Size(columns: 20, rows: 4))
        let before = getenv("TERMINFO").map { String(cString: $0) }
        let terminal = try open(pseudo, term: term, ["COLORTERM": "truecolor", "TMUX": "/tmp/tmux,1,0"])
        #expect(getenv("TERMINFO").map { String(cString: $0) } == before)
        #expect(terminal.colorDepth == .direct)
        let wanted = Color(red: 1, green: 127, blue: 254)
        let ground = Color(red: 40, green: 50, blue: 60)
        let palette = Palette([.text: Style(), .error: Style(foreground: wanted, background: ground, isBold: true)])
        terminal.draw(frame("é日", role: .error), palette: palette)
        let sent = pseudo.sent()
        #expect(sent.contains("38;2;1;127;254"))
        #expect(sent.contains("48;2;40;50;60"))
        #expect(sent.contains("é日"))
        #expect(!sent.contains("38;5"))
        // What has no colours keeps the terminal's own.
        terminal.draw(frame("plain"), palette: palette)
        let plain = pseudo.sent()
        #expect(plain.contains("plain"))
        #expect(!plain.contains("8;2;"))
        terminal.close()
        #expect(pseudo.sent().contains("\u{1B}[?1049l"))
    }

    @Test(arguments: [
        ["COLORTERM": "truecolor", "NO_COLOR": "1"], ["COLORTERM": "yes"], ["COLORTERM": "truecolor", "STY": "1.pts"],
    ])
    func colorTermIsNotAlwaysBelieved(environment: [String: String]) throws {
        let pseudo = try PseudoTerminal(size: Size(columns: 20, rows: 4))
        let terminal = try open(pseudo, environment)
        defer { terminal.close() }
        terminal.draw(frame("red", role: .error), palette: palette)
        let sent = pseudo.sent()
        #expect(terminal.colorDepth == (environment["NO_COLOR"] == nil ? .indexed : .none))
        #expect(!sent.contains("38;2"))
        #expect(sent.contains("38;5") == (environment["NO_COLOR"] == nil))
    }

    @Test func colorTermMeansNothingToATerminalOfEightColours() throws {
        let pseudo = try PseudoTerminal(size: Size(columns: 20, rows: 4))
        let terminal = try open(pseudo, term: "xterm", ["COLORTERM": "truecolor"])
        defer { terminal.close() }
        #expect(terminal.colorDepth == .eight)
    }
}
