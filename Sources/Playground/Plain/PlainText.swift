import Screen

/// Text that only grows: whole lines, and answers that come in pieces. Lines that are said while an answer comes wait
/// until it has ended.
///
/// Whatever could steer a terminal becomes a visible glyph.
struct PlainText: Sendable {
    private var written = ""
    private var waiting: [String] = []
    private var isAnswering = false
    private var isAtLineStart = true
    /// Whether a blank line would be the second one, or the very first.
    private var isAfterBlank = true

    /// Adds a line.
    mutating func line(_ text: String) {
        let text = VisibleText.of(text).onOneLine
        if isAnswering { waiting.append(text) } else { write(line: text) }
    }

    /// Adds lines of a page, without the bars that only a screen shows well.
    mutating func lines(_ lines: [PageLine]) {
        for line in lines {
            let text = line.map(\.text).joined().filter { !Self.isBar($0) }
            self.line(String(text.reversed().drop { $0 == " " }.reversed()))
        }
    }

    /// Sets what follows apart by a blank line.
    mutating func separate() {
        guard !isAnswering, !isAfterBlank else { return }
        write(line: "")
        isAfterBlank = true
    }

    mutating func beginAnswer() { isAnswering = true }

    /// Adds a piece of an answer.
    mutating func piece(_ text: String) {
        guard !text.isEmpty else { return }
        let text = VisibleText.of(text)
        written += text
        isAtLineStart = text.hasSuffix("\n")
        isAfterBlank = false
    }

    /// Adds a line in the middle of an answer.
    mutating func lineInAnswer(_ line: String) {
        write(line: VisibleText.of(line).onOneLine)
    }

    /// Ends the answer's last line; says what is to be said about it, and then what had to wait.
    mutating func endAnswer(remarks: [String]) {
        isAnswering = false
        if !isAtLineStart {
            written += "\n"
            isAtLineStart = true
        }
        for line in remarks + waiting { self.line(line) }
        waiting = []
    }

    /// Takes what was added since the last time.
    mutating func take() -> String {
        defer { written = "" }
        return written
    }

    /// The user's own line break, which the terminal has shown already.
    mutating func noteLineBreak() {
        isAtLineStart = true
        isAfterBlank = false
    }

    /// Leaves the line in which the terminal has shown something by itself.
    mutating func breakLine() {
        written += "\n"
        noteLineBreak()
    }

    private mutating func write(line: String) {
        written += (isAtLineStart ? "" : "\n") + line + "\n"
        isAtLineStart = true
        isAfterBlank = false
    }

    /// Block elements, which a screen reader would spell out one by one.
    private static func isBar(_ character: Character) -> Bool { ("\u{2580}"..."\u{259F}").contains(character) }
}
