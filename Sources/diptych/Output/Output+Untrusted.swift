import Screen

extension Output {
    /// Writes text that a model or a file wrote: on a terminal its control characters are shown, not obeyed.
    func writeUntrusted(_ text: String) throws {
        try write(isTerminal ? VisibleText.of(text) : text)
    }

    /// Writes one line for people, as errors and notes are written. A closed standard error is nobody's loss.
    func tell(_ message: String) {
        try? write("diptych: \(message.onOneLine)\n")
    }
}

extension String {
    /// The text as part of a line: every control character a visible glyph, line breaks and tabs too.
    var onOneLine: String {
        VisibleText.of(self).replacing("\n", with: "␊").replacing("\t", with: "␉")
    }
}
