import Playground

/// An effect on the terminal itself, which only the loop that has the terminal can perform.
enum TerminalEffect: Sendable, Equatable {
    case editExternally(String)
    case copy(String)
    case listenToMouse(Bool)
    case suspend, redraw, exit
}

extension EffectContext {
    /// How long work that was cancelled may take to end before the program leaves without it.
    private static let farewell = Duration.seconds(2)

    /// - Parameter sessions: the directory that what happens is recorded in; nil for none.
    convenience init(
        services: any PlaygroundServices, sessions: String?, post: @escaping @Sendable (Event) -> Void
    ) {
        let recorder = sessions.map { directory in
            SessionRecorder(directory: directory, header: { .now() }, onFailure: { post(.warned($0)) })
        }
        self.init(services: services, recorder: recorder, post: post)
    }

    /// Performs an effect, unless it is one on the terminal.
    /// - Parameter contextLength: tokens of context that listed models have to fit with; nil is the program's default.
    /// - Returns: what is left to be done with the terminal.
    func perform(_ effect: Effect, contextLength: Int?) -> TerminalEffect? {
        switch effect {
        case .load(let request): LoadModel(request: request).perform(in: self)
        case .close(let pane): ClosePane(pane: pane).perform(in: self)
        case .generate(let request): Generate(request: request).perform(in: self)
        case .cancel(let run): CancelRun(run: run).perform(in: self)
        case .render(let pane, let request): RenderPrompt(pane: pane, request: request).perform(in: self)
        case .check(let constraint): CheckConstraint(constraint: constraint).perform(in: self)
        case .follow(let request): FollowAnswer(request: request).perform(in: self)
        case .listModels: ListModels(contextLength: contextLength).perform(in: self)
        case .pull(let id): PullModel(id: id).perform(in: self)
        case .cancelPull(let id): CancelPull(id: id).perform(in: self)
        case .runTask(let id, let request): RunTask(id: id, request: request).perform(in: self)
        case .cancelTask(let id): CancelTask(id: id).perform(in: self)
        case .readPromptLibrary: ReadPromptLibrary().perform(in: self)
        case .remember(let prompt): RememberPrompt(prompt: prompt).perform(in: self)
        case .readFile(let path): ReadFile(path: path).perform(in: self)
        case .writeFile(let path, let text): WriteFile(path: path, text: text).perform(in: self)
        case .saveSession(let path): SaveSession(path: path).perform(in: self)
        case .loadSession(let path): LoadSession(path: path).perform(in: self)
        case .exportSession(let path): ExportSession(path: path).perform(in: self)
        case .recordVote(let vote): recorder?.voted(vote)
        case .editExternally(let text): return .editExternally(text)
        case .copy(let text): return .copy(text)
        case .listenToMouse(let isHeard): return .listenToMouse(isHeard)
        case .suspend: return .suspend
        case .redraw: return .redraw
        case .exit: return .exit
        }
        return nil
    }

    /// Ends all work, and the session file. Blocks.
    func close() {
        shutDown(within: Self.farewell)
        recorder?.close()
    }
}
