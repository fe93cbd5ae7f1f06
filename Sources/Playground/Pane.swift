import Chat

/// One model beside others: its state, its conversation and what part of it is on the screen.
public struct Pane: Sendable, Equatable {
    /// What became of the model that the pane asks for.
    public enum Model: Sendable, Equatable {
        /// Not asked for yet.
        case none
        case loading(LoadID, fraction: Double?)
        case ready(ModelProfile, MemoryUse?)
        /// What was wrong and what to do.
        case failed(String)
    }

    /// Which part of the conversation is shown.
    public enum Scroll: Sendable, Equatable {
        /// The last lines, as they come.
        case tail
        /// From this line on, counted from the top.
        case line(Int)
    }

    public internal(set) var id = PaneID(0)
    public internal(set) var role: PaneRole?
    /// MODEL as on the command line.
    public internal(set) var reference: String
    public internal(set) var settings: PaneSettings
    public internal(set) var model = Model.none
    /// Oldest first.
    public internal(set) var turns: [Turn] = []
    public internal(set) var scroll = Scroll.tail
    /// Index of the first turn that isn't an earlier model's.
    var firstTurnOfModel = 0
    /// What comes back if the model that is being opened can't be.
    var fallback: Fallback?

    /// A model that was open.
    struct Fallback: Sendable, Equatable {
        var reference: String
        var contextLength: Int?
        var firstTurnOfModel: Int
    }

    /// - Parameter id: who the pane is; the playground gives it a number of its own where there is none.
    public init(
        role: PaneRole?, model reference: String, settings: PaneSettings = PaneSettings(), id: PaneID = PaneID(0)
    ) {
        self.id = id
        self.role = role
        self.reference = reference
        self.settings = settings
    }

    /// What is known about the model once it is open.
    public var profile: ModelProfile? {
        if case .ready(let profile, _) = model { profile } else { nil }
    }

    /// Whether the model is still being opened.
    var isLoading: Bool {
        switch model {
        case .none, .loading: true
        case .ready, .failed: false
        }
    }

    /// The model's own name, or what was asked for: without its folder, or without its server if it has a name there.
    var name: String {
        if let profile { return profile.name }
        if let served = ServerReference(reference), let name = served.model ?? served.place { return name }
        return reference.split(separator: "/").last.map { String($0) } ?? reference
    }

    /// Whether the latest prompt was answered to the end, or to a limit.
    var hasWholeAnswer: Bool {
        switch turns.last?.phase {
        case .finished(.cancelled), .failed, nil: false
        case .finished: true
        case .queued, .requesting, .prefilling, .answering: false
        }
    }

    /// Figures of the open model's latest run that has begun; before that, what is known from loading.
    public var metrics: Metrics? {
        guard case .ready(let profile, let memory) = model else { return nil }
        let turn = turns.dropFirst(firstTurnOfModel).last { $0.recorder != nil }
        var metrics = turn?.metrics ?? MetricsRecorder(profile: profile).metrics
        metrics.memory = metrics.memory ?? memory
        return metrics
    }

    /// Figures of the answer to the latest prompt, once it has a token; nil if another model gave it.
    var latestMetrics: Metrics? {
        guard turns.count > firstTurnOfModel, turns.last?.recorder?.metrics.timeToFirstToken != nil else { return nil }
        return metrics
    }

    /// The conversation as the backend is to see it when it answers a turn: the turns before that have an answer, and
    /// the turn's prompt.
    func messages(answering turn: Int) -> [Message] { messages(asking: turns[turn].prompt, after: turn) }

    /// The conversation with a prompt behind the first turns.
    func messages(asking prompt: String, after count: Int) -> [Message] {
        var messages: [Message] = []
        if !settings.systemPrompt.isEmpty { messages.append(Message(role: .system, content: settings.systemPrompt)) }
        for earlier in turns[..<count] where !earlier.isOpen && !earlier.answer.isEmpty {
            messages.append(Message(role: .user, content: earlier.prompt))
            messages.append(Message(role: .assistant, content: earlier.answer.text))
        }
        messages.append(Message(role: .user, content: prompt))
        return messages
    }

    /// What the backend is asked for a turn.
    func request(answering turn: Int) -> ChatRequest {
        ChatRequest(
            messages: messages(answering: turn), sampling: settings.sampling, maximumTokens: settings.maximumTokens,
            constraint: settings.rule?.constraint)
    }
}
