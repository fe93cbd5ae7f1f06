import Reports
import Typesetting

extension State {
    /// Chooses one of the ways in which models work together: sets how prompts are answered, or asks what a task needs.
    mutating func choose(_ workflow: Workflow) -> [Effect] {
        switch workflow.way {
        case .sideBySide:
            focus = .prompt
            workbench?.isShown = false
            guard panes.count > 1 else {
                write("/add ")
                updateCompletion()
                return []
            }
            let key = keymap.firstKey(of: .toggleConcurrent)
            tell(.information, "A prompt goes to every pane. \(key) lets them answer together or one after the other.")
        case .speculate: toggleSpeculation()
        case .task: openForm(of: workflow)
        }
        return []
    }

    /// Starts a task with what was filled in.
    /// - Parameter chosen: indices of the panes that take part; all where there are none.
    mutating func start(
        _ workflow: Workflow, _ values: [String: String], panes chosen: [Int] = []
    ) -> [Effect] {
        guard let kind = workflow.kind, isFree() else { return [] }
        guard !panes.contains(where: \.isLoading) else {
            tell(.warning, "The models are still being opened; the task can begin when they are.")
            return []
        }
        guard !isHidden else {
            tell(.warning, "Names are hidden until you have voted; a task would show them.")
            return []
        }
        let given = values.mapValues(\.withoutOuterBlanks).filter { !$0.value.isEmpty }
        if let reason = lackOfPanes(for: workflow, panes: chosen) ?? lackOfTeacher(for: kind, given, panes: chosen) {
            tell(.warning, reason)
            return []
        }
        let request = TaskRequest(kind: kind, arguments: given, sides: sides(of: chosen, for: kind))
        let id = TaskID(nextIdentifier())
        dialog = nil
        inspector = nil
        completion = Completion()
        workbench = Workbench(id: id, request: request)
        return [.runTask(id, request)]
    }

    /// The panes' models in the order of reports: small first, large last.
    private func sides(of chosen: [Int], for kind: TaskRequest.Kind) -> [TaskRequest.Side] {
        let order: (Pane) -> Int = { $0.role == .small ? 0 : $0.role == .large ? 2 : 1 }
        let sides = indices(of: chosen).map { panes[$0] }.sorted { order($0) < order($1) }.map {
            TaskRequest.Side(pane: $0.id, role: $0.role, model: $0.reference)
        }
        // The rungs of a ladder are files of one model, which the panes' models seldom are.
        return kind == .ladder && chosen.isEmpty ? sides.suffix(1) : sides
    }

    /// The panes that take part.
    private func indices(of chosen: [Int]) -> [Int] {
        chosen.isEmpty ? Array(panes.indices) : panes.indices.filter { chosen.contains($0) }
    }

    /// Why these panes can't do a task together; nil where they can.
    func lackOfPanes(for workflow: Workflow, panes chosen: [Int]) -> String? {
        guard workflow.kind == .cascade else { return nil }
        let count = indices(of: chosen).count
        if count > 2 { return "A cascade is of two models; name them, such as /cascade FILE @1 @\(panes.count)." }
        guard count < 2 else { return nil }
        return panes.count < 2
            ? "A cascade needs two panes, a small model and a large one; /add MODEL opens the other."
            : "A cascade needs two models; name two panes, or none for both."
    }

    /// Why there is nobody to learn from, or to learn.
    private func lackOfTeacher(
        for kind: TaskRequest.Kind, _ given: [String: String], panes chosen: [Int]
    ) -> String? {
        guard kind == .distill, given["encoder"] == nil else { return nil }
        let indices = indices(of: chosen)
        guard indices.count < 2, let only = indices.first else { return nil }
        return "\(panes[only].name) would teach what is made of itself; encoder=MODEL names what the student reads "
            + "with, or /add MODEL opens a small one."
    }

    /// Takes in what a task reports, unless it isn't under way any more.
    mutating func task(_ id: TaskID, _ event: TaskEvent) -> [Effect] {
        guard workbench?.id == id, workbench?.isRunning == true else { return [] }
        switch event {
        case .update(let update):
            workbench?.take(update)
            if case .finished = update, workbench?.isShown == false {
                tell(.success, "The task is done; \(keymap.firstKey(of: .workbench)) shows what it brought.")
            }
        case .failed(let reason):
            workbench?.phase = .failed(reason)
            tell(.failure, reason)
            guard let task = workbench, task.isShown, dialog == nil else { break }
            if task.board.rows.isEmpty {
                workbench?.isShown = false
                reopenForm(of: task.request, reason: reason)
            } else {
                workbench?.tab = .report
            }
        case .ended:
            workbench?.phase = .stopped
        }
        return []
    }

    /// Stops the task that is under way, within one example. What it did is kept.
    mutating func stopTask() -> [Effect] {
        guard let task = workbench, task.isRunning else { return [] }
        workbench?.phase = .stopped
        workbench?.board.secondsLeft = nil
        return [.cancelTask(task.id)]
    }

    /// Says that a stopped task can go on.
    static let resumeRemark = "Stopped. What was done is kept: the same task goes on from there."

    mutating func toggleWorkbench() {
        guard let task = workbench else {
            return tell(.warning, "No task has run yet; \(keymap.firstKey(of: .workflows)) lists them.")
        }
        dialog = nil
        inspector = nil
        workbench?.isShown = !task.isShown
    }

    /// Does what the workbench's own keys ask for.
    mutating func performInWorkbench(_ action: Action) -> [Effect] {
        guard let task = workbench, task.isShown, dialog == nil else { return [] }
        switch action {
        case .nextTab: workbench?.tab = task.tab == .rows ? .report : .rows
        case .showAllRows: show(.all)
        case .showDisagreements: show(.disagreements)
        case .showMistakes: show(.mistakes)
        case .stopTask:
            let effects = stopTask()
            if effects.isEmpty {
                tell(.information, "The task isn't running.")
            } else {
                tell(.warning, Self.resumeRemark)
            }
            return effects
        case .exportReport: openExportForm()
        default: break
        }
        return []
    }

    private mutating func show(_ filter: Workbench.Filter) {
        guard filter == .all || workbench?.request.kind.hasAnswersToCompare == true else {
            return tell(.information, "Nobody can disagree or be wrong in this task.")
        }
        workbench?.tab = .rows
        workbench?.filter = filter
        workbench?.scroll = .tail
    }

    /// Moves through the rows or the report.
    mutating func moveWorkbench(_ motion: Motion) {
        guard let task = workbench else { return }
        let layout = workbenchLayout
        switch task.tab {
        case .rows:
            let count = task.rows.count
            let moved = motion.index(from: task.selected, count: count, page: layout.rows.size.rows)
            workbench?.scroll = moved >= count - 1 ? .tail : .line(moved)
        case .report:
            let last = max(0, reportLines(columns: layout.body.size.columns).count - layout.body.size.rows)
            workbench?.reportTop = motion.index(
                from: min(task.reportTop, last), count: last + 1, page: layout.body.size.rows)
        }
    }

    /// The files that the report becomes.
    mutating func exportReport(to path: String) -> [Effect] {
        guard let report = workbench?.board.report else {
            tell(.warning, "There is no report yet; it comes when the task is done.")
            return []
        }
        guard let format = ReportFormat(path: path) else {
            tell(.warning, "The file's name must end in \(ReportFormat.endings).")
            return []
        }
        let files = format.files(report, path: path)
        if files.isEmpty { tell(.warning, "The report has no plots; another ending writes all of it.") }
        return files.map { .writeFile(path: $0.path, text: $0.text) }
    }
}
