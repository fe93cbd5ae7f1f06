import Chat

extension SessionRecord {
    /// A record of a kind that this version knows, or none.
    struct Decoded: Decodable {
        /// Nil for a kind that a newer version added.
        var record: SessionRecord?

        init(from decoder: any Decoder) throws {
            let name = try decoder.container(keyedBy: KindKey.self).decode(String.self, forKey: .kind)
            record = try Kind(rawValue: name).map { try SessionRecord(kind: $0, from: decoder) }
        }
    }

    private init(kind: Kind, from decoder: any Decoder) throws {
        switch kind {
        case .header: self = .header(try SessionHeader(from: decoder))
        case .paneOpened: self = .paneOpened(try PaneOpeningFields(from: decoder).opening)
        case .paneClosed:
            let fields = try PaneClosedFields(from: decoder)
            self = .paneClosed(pane: fields.pane.value, at: fields.atUs.duration)
        case .runStarted: self = .runStarted(try RunStartFields(from: decoder).start)
        case .failed:
            let fields = try FailedFields(from: decoder)
            self = .failed(run: fields.run.value, message: fields.message, at: fields.atUs.duration)
        case .cancelled:
            let fields = try CancelledFields(from: decoder)
            self = .cancelled(run: fields.run.value, at: fields.atUs.duration)
        case .vote:
            guard let vote = try VoteFields(from: decoder).vote else {
                throw DecodingError.dataCorrupted(
                    DecodingError.Context(codingPath: [], debugDescription: "the winner of a vote that was won"))
            }
            self = .vote(vote)
        case .remark:
            let fields = try RemarkFields(from: decoder)
            self = .remark(Remark(text: fields.text, at: fields.atUs.duration))
        case .request, .server, .prompt, .prefill, .token, .speculation, .memory, .resources, .note, .finished:
            self = try Self.event(kind, from: decoder)
        }
    }

    private static func event(_ kind: Kind, from decoder: any Decoder) throws -> SessionRecord {
        switch kind {
        case .request:
            let fields = try RequestFields(from: decoder)
            return .event(run: fields.run.value, .request(fields.timeline))
        case .server:
            let fields = try ServerFields(from: decoder)
            return .event(run: fields.run.value, .server(fields.report))
        case .prompt:
            let fields = try PromptFields(from: decoder)
            let summary = PromptSummary(tokens: fields.tokens.value, cachedTokens: fields.cachedTokens.value)
            return .event(run: fields.run.value, .prompt(summary))
        case .prefill:
            let fields = try PrefillFields(from: decoder)
            return .event(
                run: fields.run.value,
                .prefill(computed: fields.computed.value, of: fields.of.value, at: fields.atUs.duration))
        case .speculation:
            let fields = try SpeculationFields(from: decoder)
            return .event(run: fields.run.value, .speculation(fields.figures))
        case .memory:
            let fields = try MemoryFields(from: decoder)
            return .event(run: fields.run.value, .memory(fields.use))
        case .resources:
            let fields = try ResourceFields(from: decoder)
            return .event(run: fields.run.value, .resources(fields.use))
        case .note:
            let fields = try NoteFields(from: decoder)
            return .event(run: fields.run.value, .note(fields.text))
        case .finished:
            let fields = try FinishedFields(from: decoder)
            return .event(run: fields.run.value, .finished(fields.reason, at: fields.atUs.duration))
        default:
            // A token: the other kinds aren't events.
            let fields = try TokenFields(from: decoder)
            return .event(run: fields.run.value, .token(fields.token))
        }
    }
}
