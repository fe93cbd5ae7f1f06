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
        case .classify: try await report(ClassifyCommand.self, classifyWords)
        case .extract: try await report(ExtractCommand.self, extractWords)
        case .distill: try await report(DistillCommand.self, distillWords)
        case .cascade: try await report(CascadeCommand.self, classifyWords)
        case .ladder: try await report(LadderCommand.self, ladderWords)
        case .advise: try await report(AdviseCommand.self, [path("file")])
        case .retrieve: try await RetrieveTask(self).perform()
        }
    }

    private func report<Command: TaskCommand>(_ type: Command.Type, _ words: [String]) async throws -> TaskReport {
        try await Command.parse(words).perform().report
    }
}

extension TaskRequest {
    private var classifyWords: [String] {
        [path("file")] + options(["labels": "--labels", "limit": "--limit", "calibration": "--calibrate"])
            + paths(["shots": "--shots"]) + pairWords
    }

    private var extractWords: [String] {
        [path("file")] + options(["limit": "--limit"])
            + paths(["schema": "--schema", "expected": "--expected", "shots": "--shots"])
            + pairWords
    }

    private var distillWords: [String] {
        let encoder = arguments["encoder"] ?? sides.first?.model ?? RetrieveEncoder.usual
        return [path("file")] + options(["labels": "--labels", "limit": "--limit"]) + [
            "--teacher", sides.last?.model ?? "", "--encoder", encoder,
            "--output", arguments["student"] == nil ? "student.json" : path("student"),
        ]
    }

    private var ladderWords: [String] {
        sides.map(\.model) + ["--text", path("file")] + options(["formats": "--formats"])
    }

    /// The pair, or as many as there are.
    private var pairWords: [String] {
        guard sides.count == 2 else { return sides.flatMap { ["--model", $0.model] } }
        return ["--small", sides[0].model, "--large", sides[1].model]
    }

    private func options(_ names: [String: String]) -> [String] {
        names.sorted { $0.key < $1.key }.flatMap { name, option in arguments[name].map { [option, $0] } ?? [] }
    }

    private func paths(_ names: [String: String]) -> [String] {
        names.sorted { $0.key < $1.key }.flatMap { name, option in
            arguments[name] == nil ? [] : [option, path(name)]
        }
    }

    /// A file's name, with the home directory for a tilde.
    func path(_ name: String) -> String { ((arguments[name] ?? "") as NSString).expandingTildeInPath }
}
