extension SlashCommand {
    /// The menu, a command for each task, and what answers are held to.
    static let working: [SlashCommand] =
        [
            SlashCommand("tasks", "the ways in which small and large work together", action: .workflows),
            SlashCommand("workbench", "the task that runs, or the latest one", action: .workbench),
            SlashCommand("stop", "", "stop the task that runs; what it did is kept") {
                state, arguments throws(CommandProblem) in
                try arguments.requireNoWords()
                let effects = state.stopTask()
                guard !effects.isEmpty else { throw CommandProblem("No task is running.") }
                state.tell(.information, State.resumeRemark)
                return effects
            },
            SlashCommand("report", "FILE", "write the task's report as .html, .md, .json, .svg or .txt") {
                state, arguments throws(CommandProblem) in
                guard !arguments.text.isEmpty else { throw CommandProblem("Which file?") }
                return state.exportReport(to: arguments.text)
            },
            SlashCommand(
                "constrain", "[KIND] [WHAT] [@PANE]", "hold answers to choices, regex, schema, grammar or json",
                suggestions: ruleKinds
            ) { state, arguments throws(CommandProblem) in
                try state.constrain(arguments)
            },
        ] + Workflow.all.filter { $0.kind != nil }.map { SlashCommand($0) }

    private static let ruleKinds: @Sendable (State) -> [String] = { _ in State.ruleKinds }

    /// Starts a task; asks for what is missing.
    private init(_ workflow: Workflow) {
        let options = workflow.fields.filter { !$0.isPositional }.flatMap { field -> [String] in
            if case .choice(let choices) = field.rule { return choices.map { "\(field.name)=\($0)" } }
            return ["\(field.name)="]
        }
        let suggestions: @Sendable (State) -> [String] = { _ in options }
        self.init(workflow.name, workflow.arguments, workflow.summary, suggestions: suggestions) {
            state, arguments throws(CommandProblem) in
            let values = try WorkflowArguments(arguments.text, of: workflow).values
            let isComplete = workflow.fields.allSatisfy { $0.fault(in: values[$0.name] ?? "") == nil }
            guard isComplete else {
                state.openForm(of: workflow, values: values, panes: arguments.panes)
                return []
            }
            return state.start(workflow, values, panes: arguments.panes)
        }
    }
}
