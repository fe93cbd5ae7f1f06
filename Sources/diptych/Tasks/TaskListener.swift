import Reports

/// Who is told how a task gets on: people on standard error, unless a screen watches.
protocol TaskListener: Sendable {
    func take(_ update: TaskUpdate) async
    /// The task has no more to say.
    func clear() async
}

extension TaskProgress: TaskListener {}

/// The listener of the task that runs.
enum TaskListening {
    /// Nil for people on standard error.
    @TaskLocal static var listener: (any TaskListener)?
}
