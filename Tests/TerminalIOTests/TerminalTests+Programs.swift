import Foundation
import Screen
import Synchronization
import Testing

@testable import TerminalIO

/// The mouse, the clipboard, and other programs in the terminal.
extension TerminalTests {
    private static let mouseOn = "\u{1B}[?1000h\u{1B}[?1006h"
    private static let mouseOff = "\u{1B}[?1006l\u{1B}[?1000l"

    @Test func theMouseIsOffUnlessItIsWanted() throws {
        let pseudo = try PseudoTerminal(size: Size(columns: 20, rows: 4))
        let terminal = try open(pseudo)
        #expect(!pseudo.sent().contains("1000"))
        terminal.setMouse(true)
        terminal.setMouse(true)
        #expect(pseudo.sent() == Self.mouseOn)
        pseudo.type("\u{1B}[<0;3;2M")
        #expect(terminal.nextEvents() == [.input(.mouse(.press(Point(column: 2, row: 1))))])
        terminal.setMouse(false)
        #expect(pseudo.sent() == Self.mouseOff)
        terminal.setMouse(true)
        _ = pseudo.sent()
        terminal.close()
        #expect(pseudo.sent().contains(Self.mouseOff))
        terminal.setMouse(true)
        #expect(pseudo.sent().isEmpty)
    }

    /// A crash, a signal that nobody answers, and an end without farewell, each in a process of its own.
    @Test(arguments: [SIGABRT, SIGSEGV, SIGTERM, 0])
    func noWayOutLeavesTheMouseOn(signal: Int32) async throws {
        let pseudo = try PseudoTerminal(size: Size(columns: 20, rows: 4))
        let modes = pseudo.modes
        await #expect(processExitsWith: signal == 0 ? .exitCode(3) : .signal(signal)) {
            [path = pseudo.path as String, signal] in
            let descriptor = Foundation.open(path, O_RDWR | O_NOCTTY)
            let terminal = try Terminal(
                input: descriptor, output: descriptor, environment: ["TERM": "xterm-256color"])
            terminal.setMouse(true)
            guard signal != 0 else { exit(3) }
            // The first SIGTERM only asks. Whichever thread takes a signal, this one waits for the end.
            while true {
                kill(getpid(), signal)
                usleep(10_000)
            }
        }
        let sent = pseudo.sent()
        let on = try #require(sent.range(of: Self.mouseOn))
        let off = try #require(sent.range(of: Self.mouseOff, options: .backwards))
        #expect(on.upperBound <= off.lowerBound)
        #expect(sent.contains("\u{1B}[?1049l") && sent.contains("\u{1B}[?2004l"))
        #expect(pseudo.modes == modes)
    }

    @Test func aCopyTravelsAsItIs() throws {
        let pseudo = try PseudoTerminal(size: Size(columns: 20, rows: 4))
        let terminal = try open(pseudo)
        _ = pseudo.sent()
        #expect(terminal.copy("hello") == .sent)
        #expect(pseudo.sent() == "\u{1B}]52;c;aGVsbG8=\u{7}")
        let text = String(repeating: "x", count: 80_000)
        #expect(terminal.copy(text) == .tooLong(bytes: 80_000, limit: 74_994))
        #expect(pseudo.sent().isEmpty)
        terminal.close()
        _ = pseudo.sent()
        #expect(terminal.copy("hello") == .closed)
        #expect(pseudo.sent().isEmpty)
    }

    @Test func anotherProgramHasTheTerminalAsTheShellLeftIt() throws {
        let pseudo = try PseudoTerminal(size: Size(columns: 20, rows: 4))
        let shellModes = pseudo.modes
        let terminal = try open(pseudo)
        let ourModes = pseudo.modes
        terminal.setMouse(true)
        terminal.draw(frame("hello"), palette: palette)
        _ = pseudo.sent()
        let file = FileManager.default.temporaryDirectory.appending(path: "diptych run \(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        let command = #"stty -a > "$1"; echo editing; kill -0 $$; test -t 0 && test -t 1 && exit 7"#
        #expect(try terminal.run(command, arguments: [file.path(percentEncoded: false)]) == 7)
        let sent = pseudo.sent()
        let (left, entered) = (sent.range(of: "\u{1B}[?1049l"), sent.range(of: "\u{1B}[?1049h"))
        let editing = sent.range(of: "editing")
        #expect(try #require(left).upperBound <= #require(editing).lowerBound)
        #expect(try #require(editing).upperBound <= #require(entered).lowerBound)
        #expect(sent.contains(Self.mouseOff) && sent.hasSuffix(Self.mouseOn))
        #expect(sent.contains("\u{1B}[?2004l") && sent.contains("\u{1B}[?2004h"))
        // The shell's modes: line by line, with echo.
        let modes = try String(contentsOf: file, encoding: .utf8)
        #expect(modes.contains(" icanon") && modes.contains(" echo "))
        #expect(pseudo.modes == ourModes)
        terminal.draw(frame("hello"), palette: palette)
        #expect(pseudo.sent().contains("hello"))
        pseudo.type("x")
        #expect(keys(of: terminal) == [.character("x")])
        terminal.close()
        #expect(pseudo.modes == shellModes)
    }

    @Test func anotherProgramsSignalsAreItsOwn() throws {
        let pseudo = try PseudoTerminal(size: Size(columns: 20, rows: 4))
        let terminal = try open(pseudo)
        defer { terminal.close() }
        // Ctrl+C reaches the whole group; it ends the program and isn't heard here.
        #expect(try terminal.run("kill -INT $PPID; kill -INT $$; sleep 60", arguments: []) == 128 + SIGINT)
        pseudo.type("x")
        #expect(keys(of: terminal) == [.character("x")])
        raise(SIGINT)
        #expect(terminal.nextEvents() == [.terminated(signal: SIGINT)])
        #expect(throws: TerminalError.self) {
            terminal.close()
            _ = try terminal.run("true", arguments: [])
        }
    }

    /// What is typed while another program runs is that program's.
    @Test func keysBelongToWhoeverHasTheTerminal() async throws {
        let pseudo = try PseudoTerminal(size: Size(columns: 20, rows: 4))
        let terminal = try open(pseudo)
        defer { terminal.close() }
        let events = Mutex<[TerminalEvent]>([])
        let isReading = Atomic(true)
        let reader = Thread {
            while isReading.load(ordering: .acquiring) {
                let next = terminal.nextEvents()
                events.withLock { $0 += next }
            }
        }
        reader.start()
        let file = FileManager.default.temporaryDirectory.appending(path: "diptych-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        let typing = Thread {
            while !FileManager.default.fileExists(atPath: file.path(percentEncoded: false)) { usleep(1000) }
            for _ in 0..<50 { pseudo.type("line\r") }
        }
        typing.start()
        let command = #": > "$1"; for i in $(seq 50); do read -r line && test "$line" = line || exit 1; done"#
        #expect(try terminal.run(command, arguments: [file.path(percentEncoded: false)]) == 0)
        isReading.store(false, ordering: .releasing)
        terminal.wake()
        while !reader.isFinished { usleep(1000) }
        #expect(events.withLock { $0 }.isEmpty)
    }

    /// The next keys, past calls that returned without any.
    private func keys(of terminal: Terminal) -> [Key] {
        for _ in 0..<10 {
            let keys = terminal.nextEvents().compactMap { event in
                if case .input(.key(let key)) = event { key } else { nil }
            }
            if !keys.isEmpty { return keys }
        }
        return []
    }
}
