import Chat
import Screen

/// One line of a conversation as shown.
struct TranscriptLine: Equatable {
    var spans: [Span]
    /// Whether the answer's cursor stands behind it.
    var endsOpen = false

    init(spans: [Span], endsOpen: Bool = false) {
        self.spans = spans
        self.endsOpen = endsOpen
    }

    init(text: String, role: Role) { spans = [Span(text, role)] }
}

/// A pane's conversation, broken into lines.
struct Transcript {
    let pane: Pane
    let columns: Int
    /// What a turn that hasn't begun waits for.
    let waitingFor: String
    var overlay = Overlay()
    var showsMarkdown = true
    /// Whether thoughts stay in sight once the answer has begun.
    var showsThoughts = false
    var secrecy = Secrecy.none
    /// Where the latest answer parts from another one.
    var divergence: Divergence?
    /// Whether the model is, or would be, on a server.
    var isOnServer = false

    /// What of a conversation may not be seen.
    enum Secrecy {
        case none
        /// Names, figures, and former answers, which were seen with their names.
        case names
        /// The latest answer too: which one comes first tells who gives it.
        case answers
    }

    private var isHidden: Bool { secrecy != .none }

    /// All lines, from the top. O(length of the conversation).
    var lines: [TranscriptLine] { shownTurns.flatMap { sections($0) }.flatMap { $0() } + end }

    /// The last lines, at most `count`. Costs as much as the turns that they are in: one pass over an answer's bytes,
    /// and the layout of those of its blocks that are seen.
    func tail(_ count: Int) -> [TranscriptLine] {
        var lines = end
        for turn in shownTurns.reversed() {
            for section in sections(turn).reversed() {
                if lines.count >= count { return lines.suffix(count) }
                lines = section() + lines
            }
        }
        return lines.suffix(count)
    }

    /// The lines that a view with so many rows shows.
    func visible(rows: Int) -> [TranscriptLine] {
        switch pane.scroll {
        case .tail: return tail(rows)
        case .line(let top):
            let all = lines
            let first = min(max(0, top), max(0, all.count - rows))
            return Array(all[first..<min(all.count, first + rows)])
        }
    }

    private var shownTurns: Range<Int> {
        isHidden ? max(0, pane.turns.count - 1)..<pane.turns.count : 0..<pane.turns.count
    }

    /// A turn in pieces, each of which is broken into lines only when it is asked for.
    private func sections(_ index: Int) -> [() -> [TranscriptLine]] {
        let turn = pane.turns[index]
        let isLatest = index == pane.turns.count - 1
        guard secrecy != .answers else {
            return [
                { opening(index) },
                { wrapped("answering; both answers are shown when they are complete", role: .muted) },
            ]
        }
        return [{ opening(index) }] + thoughts(turn, isLatest: isLatest) + answer(turn, isLatest: isLatest) + [
            { remarks(turn, isLatest: isLatest) }, { ending(turn) },
        ]
    }

    /// What is said of the model itself.
    private var end: [TranscriptLine] { isHidden ? [] : (pane.turns.isEmpty ? introduction : []) + modelTrouble }

    private func opening(_ index: Int) -> [TranscriptLine] {
        let turn = pane.turns[index]
        var lines: [TranscriptLine] = index > shownTurns.lowerBound ? [TranscriptLine(text: "", role: .text)] : []
        if !lines.isEmpty, let model = turn.model, let before = pane.turns[index - 1].model, model != before {
            lines += wrapped("now \(model)", role: .muted)
        }
        return lines + wrapped(turn.prompt, role: .question, prefix: "› ")
    }

    /// The answer, a section for each of its blocks.
    private func answer(_ turn: Turn, isLatest: Bool) -> [() -> [TranscriptLine]] {
        let isAnswering = turn.phase == .answering
        guard !turn.answer.isEmpty else {
            guard isAnswering, isHidden || !turn.answer.hasThoughts else { return [] }
            return [{ [TranscriptLine(spans: [Span("", .answer)], endsOpen: true)] }]
        }
        let blocks = AnswerBlocks(turn.answer.text, form: showsMarkdown ? .markdown : .raw)
        let roles = overlay.roles(of: turn, isLatest: isLatest)
        return sections(of: blocks, isOpen: isAnswering, columns: columns) { run in
            roles?.spans(of: run) ?? [Span(run.text, run.role)]
        }
    }

    /// What stands under an answer: what guesses brought, where it parts from another one, what the backend said.
    private func remarks(_ turn: Turn, isLatest: Bool) -> [TranscriptLine] {
        guard !isHidden else { return [] }
        var lines = speculation(turn)
        if isLatest, !turn.isOpen, let divergence {
            lines.append(
                TranscriptLine(spans: [
                    Span(divergence.isNearTie ? "≈ " : "≠ ", .warning),
                    Span(divergence.line(columns: columns - 2), .muted),
                ]))
        }
        for note in turn.notes { lines += wrapped(note, role: .warning, prefix: "! ") }
        return lines
    }

    /// How the turn stands, or how it ended.
    func ending(_ turn: Turn) -> [TranscriptLine] {
        switch turn.phase {
        case .queued: return wrapped(waitingFor, role: .muted)
        case .requesting:
            guard let server = pane.profile?.server else { return wrapped("waiting for the server…", role: .muted) }
            return wrapped(RequestTimeline.waiting(turn.recorder?.metrics.request, for: server), role: .muted)
        case .prefilling(_, of: 0): return wrapped("reading the prompt…", role: .muted)
        case .prefilling(let computed, let total):
            return wrapped("reading the prompt… \(computed)/\(total) tokens", role: .muted)
        case .answering: return []
        case .finished(.stop): return []
        case .finished(.length):
            return wrapped("· ended at \(isHidden ? "" : "\(Self.tokens(turn)), ")the limit set", role: .muted)
        case .finished(.contextFull):
            let text =
                isHidden ? "· ended: the context is full" : "· ended after \(Self.tokens(turn)): the context is full"
            return wrapped(text, role: .warning)
        case .finished(.refusal): return wrapped("· the model, or a filter, refused to go on", role: .warning)
        case .finished(.toolCall):
            return wrapped("· ended: the model asked for a tool, and there are none here", role: .warning)
        case .finished(.cancelled):
            let text =
                isHidden
                ? "■ stopped"
                : turn.recorder == nil ? "■ stopped before it began" : "■ stopped after \(Self.tokens(turn))"
            return wrapped(text, role: .warning)
        case .failed(let reason):
            return wrapped(
                isHidden ? "failed; the reason is shown after your vote" : reason, role: .error, prefix: "× ")
        }
    }

    private static func tokens(_ turn: Turn) -> String {
        let count = turn.recorder?.metrics.generatedTokens ?? 0
        let unit = turn.recorder?.metrics.countsChunks == true ? "chunk" : "token"
        return count == 1 ? "1 \(unit)" : "\(count) \(unit)s"
    }

    /// What stands in a pane before the first prompt.
    private var introduction: [TranscriptLine] {
        guard case .ready(let profile, _) = pane.model else { return [] }
        let threads = profile.threads.map { $0 == 1 ? "1 thread" : "\($0) threads" }
        return wrapped((profile.facts + [threads].compactMap { $0 }).joined(separator: " · "), role: .muted)
            + (profile.warning.map { wrapped($0, role: .warning, prefix: "! ") } ?? [])
    }

    private var modelTrouble: [TranscriptLine] {
        switch pane.model {
        case .none, .ready: []
        case .loading(_, let fraction):
            wrapped("opening \(pane.name)… " + (fraction.map { Figures.percent($0) } ?? ""), role: .muted)
        case .failed(let reason):
            wrapped(reason, role: .error, prefix: "× ")
                + wrapped(advice, role: .muted)
        }
    }

    /// What to do about a model that couldn't be opened.
    private var advice: String {
        isOnServer
            ? "The next prompt asks this server again; F2, or /model, opens another model."
            : "F2, or /model, opens another one and pulls what isn't here; the next prompt tries this one again."
    }

    func wrapped(_ text: String, role: Role, prefix: String = "") -> [TranscriptLine] {
        let indent = String(repeating: " ", count: prefix.count)
        return Wrap.lines(of: VisibleText.of(text), columns: columns - prefix.count).enumerated().map { index, line in
            TranscriptLine(text: (index == 0 ? prefix : indent) + line, role: role)
        }
    }
}

extension ModelProfile {
    /// What is known of the model, or of the server it is on, in a few words each.
    var facts: [String] {
        let context = contextLength.map { "context \($0)" } ?? "context unknown"
        return [
            server.map { "on \($0.place)" }, parameterCount.map { "\(Figures.parameters($0)) parameters" },
            architecture, shortFormat, fileBytes.map { Figures.bytes($0).text }, server == nil ? nil : context,
        ].compactMap { $0 }
    }

    /// What the user should know before the first prompt.
    var warning: String? {
        guard let server, server.isOpenToOthers else { return nil }
        return "plain HTTP: whoever is on the way to \(server.shownHost) can read prompts and answers"
    }

    /// llama.cpp's "Q4_K - Medium" as file names have it: "Q4_K_M".
    var shortFormat: String? {
        guard let format else { return nil }
        for (long, short) in [(" - Small", "_S"), (" - Medium", "_M"), (" - Large", "_L")]
        where format.hasSuffix(long) {
            return format.dropLast(long.count) + short
        }
        return format
    }
}
