import Screen

/// The playground without a screen: lines go in, and text comes out that is only ever added to. Pure, like the state
/// that it goes by.
public struct PlainPlayground: Sendable {
    /// What comes of one event or one line.
    public struct Step: Sendable, Equatable {
        public var effects: [Effect]
        /// What is to be written now; empty, or the next piece of an answer, or whole lines.
        public var text: String
    }

    public internal(set) var state: State
    /// How wide tables may be.
    let columns: Int
    /// Whether lines come from a terminal, which shows them itself.
    let isInteractive: Bool
    var text = PlainText()
    var told = Told()
    /// How many effects haven't been answered yet that a line would have to wait for.
    var awaited = 0

    /// What has been written of the state so far.
    struct Told: Sendable {
        /// An answer that is being written.
        struct Answer: Sendable {
            let run: RunID
            /// How much of it and of its thoughts is written, in UTF-8.
            var bytes = 0
            var thoughtBytes = 0
            var hasToldThoughts = false
        }

        var current: Answer?
        var finished: Set<RunID> = []
        /// The latest action whose figures were compared.
        var compared = 0
        var failures = 0
        /// What was last said of each pane's model and of each pull.
        var models: [PaneID: String] = [:]
        var pulls: [String: String] = [:]
        /// What was last said of a repetition and of following, while they are under way.
        var repetition: String?
        var following: RunID?
        /// Whether the open dialog has been written.
        var hasDialog = false
        /// The pane whose prompt is to be shown; nil for all.
        var renderedPane: Int?
        /// The prompt that was last said to wait for more.
        var waitingPrompt = ""
        var task: Task?

        /// What was said of a task.
        struct Task: Sendable {
            let id: TaskID
            /// The latest line about its progress.
            var progress = ""
            /// How many of its notes are written, and whether its end is.
            var notes = 0
            var hasEnded = false
        }
    }

    /// - Parameters:
    ///   - columns: how wide tables may be; other lines are as long as they are.
    ///   - isInteractive: whether lines are typed at a terminal; otherwise they are repeated in the text.
    public init(state: State, columns: Int = 80, isInteractive: Bool) {
        self.state = state
        self.columns = max(40, columns)
        self.isInteractive = isInteractive
    }

    /// Whether the next line can be taken: the models are open, the answers are there, and what was asked for has come.
    public var isReady: Bool {
        let waitsForPulls = !isInteractive && state.library.pulls.values.contains(where: \.isRunning)
        return awaited == 0 && !state.isOccupied && !state.panes.contains(where: \.isLoading) && !waitsForPulls
    }

    /// Whether the next line is to say which of two answers is better.
    public var asksForVote: Bool { state.focus == .vote }

    /// What stands before the next line.
    public var question: String {
        asksForVote ? "left, right, tie, both bad? (l, r, t, b) " : "> "
    }

    /// How many answers failed so far.
    public var failures: Int { told.failures }

    public mutating func take(_ event: Event) -> Step {
        if event == .started, let first = state.initialPrompt { echo(first) }
        if Self.isAnswer(event) { awaited = max(0, awaited - 1) }
        let effects = state.update(event)
        if case .sessionRead(.success) = event { writeConversations() }
        return finish(effects)
    }

    /// Stops what is under way; when nothing came in between, the second time it leaves.
    public mutating func interrupt() -> Step {
        state.notice = nil
        state.dialog = nil
        state.prompt.clear()
        state.editedTurn = nil
        let running = state.library.pulls.filter { $0.value.isRunning }.map(\.key).sorted()
        let pulls = state.isLeavingArmed ? [] : running.flatMap { state.stopPull($0) }
        // Where a line is being typed, whoever asked for it begins another one.
        if !isReady { text.breakLine() }
        return finish(pulls + state.interrupt(isArmed: state.isLeavingArmed))
    }

    /// Leaves, since no line will come any more.
    public mutating func end() -> Step { finish(state.exit()) }

    /// Writes what has changed.
    mutating func finish(_ effects: [Effect]) -> Step {
        state.settle()
        awaited += effects.count { Self.isAwaited($0) }
        if let notice = state.notice {
            text.line(Self.withoutKeys(notice.text))
            state.notice = nil
        }
        writeModels()
        writePulls()
        writeAnswers()
        writeRepetition()
        writeFollowing()
        writeTask()
        writeDialog()
        writeWaitingPrompt()
        let written = text.take()
        return Step(effects: effects, text: state.appearance.asciiOnly ? ASCIIText.of(written) : written)
    }

    private static func isAwaited(_ effect: Effect) -> Bool {
        switch effect {
        case .listModels, .render, .check, .readPromptLibrary, .readFile, .writeFile, .saveSession, .loadSession,
            .exportSession:
            true
        case .load, .close, .pull, .cancelPull, .generate, .cancel, .follow, .runTask, .cancelTask, .remember,
            .editExternally, .copy,
            .recordVote, .listenToMouse, .suspend, .redraw, .exit:
            false
        }
    }

    private static func isAnswer(_ event: Event) -> Bool {
        switch event {
        case .modelsListed, .modelsUnlisted, .rendered, .checked, .libraryRead, .fileRead, .fileWritten, .sessionRead:
            true
        case .started, .input, .load, .run, .follow, .task, .pull, .edited, .copied, .replay, .warned: false
        }
    }

    /// Sentences of the screen name keys that there are none of here.
    static func withoutKeys(_ sentence: String) -> String {
        [
            ("F2 chooses one", "/model chooses one"), ("F2 opens it", "/model opens it"),
            ("F1 lists them", "/help lists them"), ("F11 lists them", "/tasks lists them"),
            ("Esc stops them", "Ctrl+C stops them"),
            ("pick another one with Up and Down", "/inspect lists others"),
        ].reduce(sentence) { $0.replacing($1.0, with: $1.1) }
    }
}
