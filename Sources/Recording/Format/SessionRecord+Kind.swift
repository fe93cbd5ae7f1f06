import Chat

extension SessionRecord {
    /// What the field `kind` says: which fields the line has.
    enum Kind: String, Codable, CaseIterable {
        case header
        case paneOpened = "pane_opened"
        case paneClosed = "pane_closed"
        case runStarted = "run_started"
        case request, server, prompt, prefill, token, speculation, memory, resources, note, finished, failed, cancelled
        case vote, remark
    }

    enum KindKey: String, CodingKey {
        case kind
    }
}

extension SessionRecord: Encodable {
    public func encode(to encoder: any Encoder) throws {
        let (kind, fields) = line
        var container = encoder.container(keyedBy: KindKey.self)
        try container.encode(kind, forKey: .kind)
        try fields.encode(to: encoder)
    }

    private var line: (Kind, any Encodable) {
        switch self {
        case .header(let header): (.header, header)
        case .paneOpened(let opening): (.paneOpened, PaneOpeningFields(opening))
        case .paneClosed(let pane, let at): (.paneClosed, PaneClosedFields(pane: Count(pane), atUs: Microseconds(at)))
        case .runStarted(let start): (.runStarted, RunStartFields(start))
        case .event(let run, let event): Self.line(of: event, run: run)
        case .failed(let run, let message, let at):
            (.failed, FailedFields(run: Count(run), atUs: Microseconds(at), message: message))
        case .cancelled(let run, let at): (.cancelled, CancelledFields(run: Count(run), atUs: Microseconds(at)))
        case .vote(let vote): (.vote, VoteFields(vote))
        case .remark(let remark): (.remark, RemarkFields(atUs: Microseconds(remark.at), text: remark.text))
        }
    }

    private static func line(of event: ChatEvent, run: Int) -> (Kind, any Encodable) {
        switch event {
        case .request(let timeline): (.request, RequestFields(run: run, timeline))
        case .server(let report): (.server, ServerFields(run: run, report))
        case .prompt(let summary):
            (
                .prompt,
                PromptFields(
                    run: Count(run), tokens: Count(summary.tokens), cachedTokens: Count(summary.cachedTokens))
            )
        case .prefill(let computed, let of, let at):
            (
                .prefill,
                PrefillFields(run: Count(run), atUs: Microseconds(at), computed: Count(computed), of: Count(of))
            )
        case .token(let token): (.token, TokenFields(run: run, token))
        case .speculation(let figures): (.speculation, SpeculationFields(run: run, figures))
        case .memory(let use): (.memory, MemoryFields(run: run, use))
        case .resources(let use): (.resources, ResourceFields(run: run, use))
        case .note(let text): (.note, NoteFields(run: Count(run), text: text))
        case .finished(let reason, let at):
            (.finished, FinishedFields(run: Count(run), atUs: Microseconds(at), reason: reason))
        }
    }
}
