import Foundation
import Testing

@testable import diptych

@Suite("What is written to standard output and standard error")
struct OutputTests {
    @Test("control characters of untrusted text are shown on a terminal and kept in a pipe")
    func untrustedText() throws {
        let terminal = MemoryOutput(isTerminal: true)
        try terminal.output.writeUntrusted("a\u{1B}[31mb\u{7F}\u{9B}c\n\td\r")
        #expect(terminal.text == "a\u{241B}[31mb\u{2421}⟨9B⟩c\n\td\u{240D}")

        let pipe = MemoryOutput(isTerminal: false)
        try pipe.output.writeUntrusted("a\u{1B}[31mb\r\n")
        #expect(pipe.text == "a\u{1B}[31mb\r\n")
    }

    @Test("an error is one line, whatever it holds")
    func oneLine() {
        let memory = MemoryOutput()
        memory.output.tell(String(oneLine: CommandFailure(message: "first\nsecond\u{1B}[2J")))
        #expect(memory.text == "diptych: first second\u{241B}[2J\n")
    }

    @Test("a table aligns its columns and leaves no spaces at the ends of lines")
    func table() {
        var table = TextTable()
        table.add("", "small", "large")
        table.add("first token", "9 ms", "120 ms")
        table.add("note")
        #expect(
            table.text == """
                             small   large
                first token   9 ms  120 ms
                note

                """)
    }

    @Test("a closed pipe ends quietly, with success")
    func readerGone() {
        #expect(ExitStatus.reporting(ReaderGone(), arguments: []) == .done)
    }
}
