import Chat
import Screen

extension Transcript {
    /// What the model thought before its answer: a line that says so, and below it the thoughts while they come, where
    /// the user wants to see them, and where one of their tokens is looked at. Thoughts of nameless models would give
    /// them away.
    func thoughts(_ turn: Turn, isLatest: Bool) -> [() -> [TranscriptLine]] {
        guard secrecy == .none, turn.answer.hasThoughts else { return [] }
        let isThinking = turn.phase == .answering && turn.answer.isEmpty
        let inspected = isLatest ? overlay.inspected : nil
        let isInspected = inspected.map { turn.answer.tokens[$0].channel == .reasoning } ?? false
        let isShown = isThinking || showsThoughts || isInspected
        let title = { wrapped(turn.thoughtsTitle, role: .muted, prefix: isShown ? "▾ " : "▸ ") }
        guard isShown else { return [title] }
        let margin = "│ "
        let blocks = AnswerBlocks(turn.answer.thoughts, form: .raw)
        let roles = overlay.roles(of: turn, isLatest: isLatest)
        let sections = sections(of: blocks, isOpen: isThinking, columns: max(1, columns - margin.count)) { run in
            var run = run
            if run.role == .answer { run.role = .muted }
            return roles?.spans(of: run, in: .reasoning) ?? [Span(run.text, run.role)]
        }
        let marked = sections.map { section in
            {
                section().map { line in
                    var line = line
                    line.spans.insert(Span(margin, .gutter), at: 0)
                    return line
                }
            }
        }
        return [title] + marked
    }

    /// A text in sections, one for each of its blocks.
    /// - Parameter isOpen: whether the cursor stands behind the last block that shows anything.
    func sections(
        of blocks: AnswerBlocks, isOpen: Bool, columns: Int, spans: @escaping (ShownRun) -> [Span]
    ) -> [() -> [TranscriptLine]] {
        let open = isOpen ? blocks.blocks.lastIndex { !blocks.lines(of: $0, columns: columns).isEmpty } : nil
        return blocks.blocks.enumerated().map { index, block in
            {
                var lines = blocks.lines(of: block, columns: columns).map { line in
                    TranscriptLine(spans: line.runs.flatMap(spans))
                }
                if index == open { lines[lines.count - 1].endsOpen = true }
                return lines
            }
        }
    }
}

extension Turn {
    /// "thought for 3.20 s, 120 tokens", or that it still thinks.
    var thoughtsTitle: String {
        if phase == .answering, answer.isEmpty { return "thinking…" }
        let counted = recorder?.metrics.server?.reasoningTokens
        let count = counted ?? answer.thinking.count
        let unit = counted == nil && answer.thinking.hasChunks ? "chunk" : "token"
        let time = answer.thinking.duration.map { " for \(Figures.duration($0).text)" } ?? ""
        return "thought\(time), \(count) \(unit)\(count == 1 ? "" : "s")"
    }
}
