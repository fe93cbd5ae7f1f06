extension Session {
    /// Generates, on the session's thread.
    func run(
        _ prompt: [TokenID], _ options: GenerationOptions, _ cancellation: CancellationFlag,
        _ yield: (GenerationEvent) -> Void
    ) throws {
        try check(prompt)
        var answer = try Answer(model, options, prompt: prompt, contextLength: contextLength)
        if !options.usesCache {
            timeline.truncate(to: 0)
            draftModel?.forget()
        }
        var speculator = try speculator(options.speculation)
        let cached = timeline.rewind(to: prompt)
        yield(.prompt(tokens: prompt.count, cached: cached))
        if let end = answer.end { return yield(.finished(end, at: .now)) }
        guard options.maximumTokens != 0 else { return yield(.finished(.maximumTokens, at: .now)) }
        let computed = prompt.count - cached
        yield(.prefill(computed: 0, of: computed, at: .now))
        try timeline.append(
            prompt[cached...], cancellation: cancellation,
            progress: { yield(.prefill(computed: $0, of: computed, at: .now)) })
        accountMemory()

        var drafted: [TokenID] = []
        var pass = Duration.zero
        while true {
            try cancellation.check()
            let accepted = try answer.take(timeline, drafted: drafted, yield)
            if answer.passes > 1 {
                speculator?.record(drafted: drafted, accepted: accepted, pass: pass)
                if let speculator, !drafted.isEmpty { yield(.speculation(speculator.report)) }
            }
            if let end = answer.end { return yield(.finished(end, at: .now)) }
            drafted =
                try speculator?.draft(
                    after: answer.sequence, limit: answer.room(in: timeline), cancellation: cancellation) ?? []
            drafted = answer.allowed(drafted)
            let start = ContinuousClock.now
            try timeline.append(
                ([answer.last] + drafted)[...], logitRows: drafted.count + 1, cancellation: cancellation)
            pass = .now - start
        }
    }

    /// What makes guesses, with room for the logits of a whole draft; nil if none are wanted.
    private func speculator(_ speculation: Speculation) throws -> Speculator? {
        guard speculation != .off else { return nil }
        try timeline.reserve(logitRows: min(Speculator.widestPass, timeline.widestPass))
        guard case .draft(let small) = speculation else { return Speculator([LookupDrafter()]) }
        let drafter: DraftModel
        if let known = draftModel, known.model === small {
            drafter = known
        } else {
            draftModel = nil
            drafter = try DraftModel(model: small, for: model, contextLength: contextLength, companion: timeline)
            draftModel = drafter
        }
        let share = Double(small.byteCount) / Double(model.byteCount)
        return Speculator([LookupDrafter(), ModelDrafter(drafter, share: share)])
    }

    func accountMemory() {
        let (draftCache, draftScratch) = (draftModel?.cacheBytes ?? 0, draftModel?.scratchBytes ?? 0)
        cacheBytes.withLock { $0 = timeline.cacheBytes + draftCache }
        scratchBytes.withLock { $0 = timeline.scratchBytes + draftScratch }
    }
}
