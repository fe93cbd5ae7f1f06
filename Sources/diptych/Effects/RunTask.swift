import Foundation
import Playground
import Reports

/// Does a task with the panes' models: what the command of the same name does, told to the screen.
struct RunTask {
    var id: TaskID
    var request: TaskRequest

    func perform(in context: EffectContext) {
        let (id, request) = (id, request)
        let screen = TaskScreen { context.post(.task(id, $0)) }
        context.start(.task(id)) {
            do {
                let report = try await TaskListening.$listener.withValue(screen) {
                    try await Output.$notes.withValue(screen.notes) { try await request.perform() }
                }
                screen.send(.update(.finished(report)))
            } catch is CancellationError {
                screen.send(.ended)
            } catch {
                screen.send(.failed(Self.reason(error)))
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
    let send: @Sendable (TaskEvent) -> Void

    func take(_ update: TaskUpdate) async { send(.update(update)) }
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
        case .distill: try await report(DistillCommand.self)
        case .cascade: try await report(CascadeCommand.self)
        case .ladder: try await report(LadderCommand.self)
        case .advise: try await report(AdviseCommand.self)
        case .retrieve: try await RetrieveTask(self).perform()
        }
    }

    private func report<Command: TaskCommand>(_ type: Command.Type) async throws -> TaskReport {
        let output = try await Command.parse(words).perform()
        var report = output.report
        if let remark = output.remark { report.blocks.append(.text(remark)) }
        return report
    }
}
