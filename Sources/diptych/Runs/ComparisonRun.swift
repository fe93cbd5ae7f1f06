import Chat

/// The same request, answered by several models.
struct ComparisonRun: Sendable {
    /// A model that is to be opened.
    struct Contender: Sendable {
        var role: PaneRole?
        var model: String
        var open: @Sendable () async throws -> any ChatBackend
    }

    /// What happens while the models answer.
    enum Progress: Sendable {
        /// The repeat with this number begins, from 1.
        case repeating(Int)
        case opened(pane: Int, ModelProfile)
        case event(pane: Int, ChatEvent)
        /// The answer isn't whole.
        case failed(pane: Int, any Error)
    }

    var contenders: [Contender]
    var request: ChatRequest
    /// All at once, so that they share the machine; otherwise one after the other.
    var isConcurrent = false
    var repeats = 1

    /// Runs everything and returns, for each contender, its answers in the order of the repeats. Each repeat opens the
    /// models anew, so that no prompt token comes from a cache.
    func perform(_ report: @escaping @Sendable (Progress) async throws -> Void) async throws -> [[Generation]] {
        var results = contenders.map { _ in [Generation]() }
        for number in 1...max(1, repeats) {
            try await report(.repeating(number))
            for (pane, generation) in try await performOnce(report).enumerated() {
                results[pane].append(generation)
            }
        }
        return results
    }

    private func performOnce(
        _ report: @escaping @Sendable (Progress) async throws -> Void
    ) async throws -> [Generation] {
        // Every model is opened before the first one answers: a bad file shows at once, not after a long answer.
        var backends: [any ChatBackend] = []
        for (pane, contender) in contenders.enumerated() {
            let backend = try await contender.open()
            try Task.checkCancellation()
            try await report(.opened(pane: pane, backend.profile))
            backends.append(backend)
        }
        // The small model guesses for the large one.
        if request.speculation == .draft, let small = contenders.firstIndex(where: { $0.role == .small }),
            let large = contenders.firstIndex(where: { $0.role == .large })
        {
            try backends[large].take(requiredDraft: backends[small])
        }
        if isConcurrent { return try await answerTogether(backends, report) }
        var generations: [Generation] = []
        for (pane, backend) in backends.enumerated() {
            generations.append(
                try await answer(backend, pane, report))
        }
        return generations
    }

    private func answer(
        _ backend: any ChatBackend, _ pane: Int, _ report: @escaping @Sendable (Progress) async throws -> Void
    ) async throws -> Generation {
        let generation = try await backend.generate(request) { try await report(.event(pane: pane, $0)) }
        if let failure = generation.failure { try await report(.failed(pane: pane, failure)) }
        return generation
    }

    private func answerTogether(
        _ backends: [any ChatBackend], _ report: @escaping @Sendable (Progress) async throws -> Void
    ) async throws -> [Generation] {
        try await withThrowingTaskGroup(of: (Int, Generation).self) { group in
            for (pane, backend) in backends.enumerated() {
                group.addTask {
                    (pane, try await answer(backend, pane, report))
                }
            }
            var generations: [Int: Generation] = [:]
            for try await (pane, generation) in group { generations[pane] = generation }
            return backends.indices.compactMap { generations[$0] }
        }
    }
}
