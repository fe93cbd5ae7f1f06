import Chat
import Screen

extension Transcript {
    /// An answer, with the parts of it that had been guessed.
    func answerLines(_ turn: Turn) -> [TranscriptLine] {
        let lines = wrapped(trimmed(turn.answer), role: .answer)
        guard !turn.drafts.isEmpty else { return lines }
        var marks = Marks(turn)
        return lines.map { line in TranscriptLine(spans: line.spans.flatMap { marks.spans(of: $0.text) }) }
    }

    /// What guesses brought, under the answer: "~1.7x · 34 accepted 9 rejected · 2.1 a pass", the last of it where there
    /// is room.
    func speculation(_ turn: Turn) -> [TranscriptLine] {
        guard let figures = turn.recorder?.metrics.speculation, figures.drafted > 0 else { return [] }
        var spans: [Span] = []
        if let speedup = figures.estimatedSpeedup {
            spans += [Span("~\(Figures.fixed(speedup, places: 2))x", .estimate), Span(" · ", .muted)]
        }
        spans += [
            Span("\(figures.accepted)", .drafted), Span(" accepted ", .muted),
            Span("\(figures.rejected)", .rejected), Span(" rejected", .muted),
        ]
        let rate = [
            Span(" · ", .muted), Span(Figures.fixed(figures.tokensPerPass, places: 1), .metric),
            Span(" a pass", .muted),
        ]
        if (spans + rate).reduce(0, { $0 + TextWidth.columns(of: $1.text) }) <= columns { spans += rate }
        var lines = [TranscriptLine(spans: spans)]
        if turn.phase == .answering, !figures.rejectedText.isEmpty {
            let text = VisibleText.of(figures.rejectedText).replacing("\n", with: "↵")
            lines.append(
                TranscriptLine(spans: [
                    Span("× ", .rejected), Span(TextWidth.truncate(text, to: columns - 2), .rejected),
                ]))
        }
        return lines
    }

    /// Follows the characters of an answer as they are shown, and knows which of them had been guessed.
    private struct Marks {
        private var characters: [(character: Character, isDrafted: Bool)] = []
        private var next = 0

        init(_ turn: Turn) {
            for piece in turn.drafts.pieces(of: turn.answer) {
                characters += VisibleText.of(String(piece.text)).map { ($0, piece.isDrafted) }
            }
        }

        /// The spans of a line's text. Breaking lines only drops characters, so each one is found further on.
        mutating func spans(of text: String) -> [Span] {
            var spans: [Span] = []
            for character in text {
                let found = characters[next...].firstIndex { $0.character == character }
                let isDrafted = found.map { characters[$0].isDrafted } ?? false
                if let found { next = found + 1 }
                let role: Role = isDrafted ? .drafted : .answer
                if spans.last?.role == role {
                    spans[spans.count - 1].text.append(character)
                } else {
                    spans.append(Span(String(character), role))
                }
            }
            return spans
        }
    }
}
