import Foundation
import Playground
import Reports
import Tasks

/// Does a task with the panes' models: what the command of the same name does, told to the screen.
struct RunTask {
    var id: TaskID
    var request: TaskRequest

    func perform(in context: EffectContext) {
        let (id, request) = (id, request)
        let screen = TaskScreen(wording: request.kind == .ladder ? LadderWording() : nil) {
            context.post(.task(id, $0))
        }
        context.start(.task(id)) {
            do {
                let report = try await TaskListening.$listener.withValue(screen) {
                    try await Output.$notes.withValue(screen.notes) { try await request.perform() }
                }
                screen.send(.update(.finished(report)))
            } catch is CancellationError {
                screen.send(.ended)
            } catch {
                screen.send(.failed(request.withoutOptions(Self.reason(error))))
            }
        }
    }

    /// The parser wraps what is wrong with the words of a command.
    private static func reason(_ error: any Error) -> String {
        Diptych.exitCode(for: error) == .validationFailure ? Diptych.message(for: error) : String(oneLine: error)
    }
}

/// Stops a task; what it has done is kept.
struct CancelTask {
    var id: TaskID

    func perform(in context: EffectContext) {
        context.cancel { $0 == .task(id) }
    }
}

/// Tells the playground how a task gets on.
private struct TaskScreen: TaskListener {
    /// Nil for tasks whose updates are in words.
    let wording: LadderWording?
    let send: @Sendable (TaskEvent) -> Void

    func take(_ update: TaskUpdate) async {
        // The report is told when all that the task writes is written.
        if case .finished = update { return }
        send(.update(await wording?.worded(update) ?? update))
    }
    func clear() async {}

    /// What would be written to standard error, a note a line.
    var notes: Output {
        Output { bytes in
            for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
                let text = line.hasPrefix("diptych: ") ? line.dropFirst("diptych: ".count) : line
                send(.update(.note(String(text))))
            }
        }
    }
}

extension TaskRequest {
    /// - Throws: what the command throws.
    fileprivate func perform() async throws -> TaskReport {
        switch kind {
        case .classify: try await report(ClassifyCommand.self)
        case .extract: try await report(ExtractCommand.self)
        case .cascade: try await report(CascadeCommand.self)
        case .ladder: try await report(LadderCommand.self)
        case .advise: try await report(AdviseCommand.self)
        case .distill: try await distill()
        case .retrieve: try await RetrieveTask(self).perform()
        }
    }

    private func report<Command: TaskCommand>(_ type: Command.Type) async throws -> TaskReport {
        try await Command.parse(words).perform().report
    }

    /// Nobody may have named the student's file, who nonetheless looks for it.
    private func distill() async throws -> TaskReport {
        let command = try DistillCommand.parse(words)
        var report = try await command.perform().report
        let place = URL(filePath: command.studentFile).path
        let name = place.contains { $0.isWhitespace } ? "\"\(place)\"" : place
        report.blocks.insert(
            .text("The student is \(place); /classify FILE student=\(name) takes it."), at: min(1, report.blocks.count))
        return report
    }
}
