import Chat
import Screen

extension Transcript {
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
}

extension Divergence {
    /// What this model thought of the other answer's choice, such as `parts at " appears" 41 %; the other's " is" ranks
    /// 2nd here, 38 %: a near-tie`.
    var sentence: String {
        guard token != nil else { return "ends where the other answer goes on with \(otherText.quotedToken)" }
        var text = "parts at \(chosen.quotedToken)"
        if let chosenLogprob { text += " \(Figures.probability(chosenLogprob.asProbability))" }
        switch other {
        case .ended: text += ", where the other answer ends"
        case .ranked(let other, let rank, let logprob):
            text +=
                "; the other's \(other.quotedToken) ranks \(Figures.ordinal(rank)) here, "
                + Figures.probability(logprob.asProbability) + (isNearTie ? ": a near-tie" : "")
        case .beyond(let other, let count, let logprob):
            text +=
                "; the other's \(other.quotedToken) is not among the \(count) likeliest here, below "
                + Figures.probability(logprob.asProbability) + (canFollow ? "; /follow tells its rank" : "")
        case .unknown(let other): text += "; the other's is \(other.quotedToken)"
        }
        return text
    }

    /// The same in few columns: `"The" 41 % ≈ near-tie "A" 2nd 38 %`.
    var briefSentence: String {
        let probability = chosenLogprob.map { " " + Figures.probability($0.asProbability) } ?? ""
        return comparison(of: chosen.quotedToken + probability)
    }

    /// - Parameter text: what this answer chose.
    private func comparison(of text: String) -> String {
        guard token != nil else { return "ends, other goes on \(otherText.quotedToken)" }
        switch other {
        case .ended: return text + ", other ends"
        case .ranked(let other, let rank, let logprob):
            return text + " \(isNearTie ? "≈ near-tie" : "vs") \(other.quotedToken) \(Figures.ordinal(rank)) "
                + Figures.probability(logprob.asProbability)
        case .beyond(let other, _, let logprob):
            return text + " vs \(other.quotedToken) below \(Figures.probability(logprob.asProbability))"
        case .unknown(let other): return text + " vs \(other.quotedToken)"
        }
    }

    /// The longest wording that fits on one line, or as much as fits of the brief one.
    func line(columns: Int) -> String {
        let wordings = [sentence, briefSentence, comparison(of: chosen.quotedToken)]
        return wordings.first { TextWidth.columns(of: $0) <= columns }
            ?? TextWidth.truncate(wordings[2], to: columns)
    }

    private var otherText: String {
        switch other {
        case .ended: ""
        case .ranked(let text, _, _), .beyond(let text, _, _), .unknown(let text): text
        }
    }
}
