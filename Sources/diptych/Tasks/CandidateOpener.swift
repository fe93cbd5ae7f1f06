import Chat
import Evaluation
import Foundation
import ModelLibrary
import Tasks

/// Finds a task's candidates. None is opened before there is something left to do for it, and each is opened for itself:
/// if a cascade shared its first model with another candidate, it would find the prompt computed already.
struct CandidateOpener: Sendable {
    let models: TaskModels
    let task: any ModelTask

    /// - Throws: what finding the candidate's files throws.
    func entrant(_ candidate: TaskDefinition.Candidate) async throws -> Entrant {
        var entrant =
            switch candidate.way {
            case .model(let name): try await model(name)
            case .student(let path, let encoder): try await student(path, encoder: encoder)
            case .cascade(let stages, let thresholds): try await cascade(stages, thresholds, name: candidate.name)
            }
        entrant.profile.name = candidate.name
        return entrant
    }

    private func model(_ name: String) async throws -> Entrant {
        let (models, task) = (models, task)
        // A longer context lets longer texts through.
        let subject = Fingerprint(task.fingerprint, models.contextLength.map { "\($0)" } ?? "").text
        let (choice, profile) = try await onOwnThread {
            let choice = try models.resolver.resolve(name)
            return (choice, try models.profile(of: choice, task: subject))
        }
        return Entrant(profile) { try task.solver(try await models.open(choice), profile: profile) }
    }

    private func student(_ path: String, encoder: String?) async throws -> Entrant {
        let found = ResolvedModel(path: path, name: URL(filePath: path).lastPathComponent)
        return try await models.student(found, role: nil, labels: try labels(for: path), encoder: encoder)
    }

    private func cascade(
        _ stages: [TaskDefinition.Candidate], _ thresholds: [Double], name: String
    ) async throws -> Entrant {
        _ = try labels(for: name)
        var entrants: [Entrant] = []
        for stage in stages { entrants.append(try await entrant(stage)) }
        let (first, last) = (entrants.dropLast(), entrants[entrants.count - 1])
        let rules = thresholds.map { CascadeRule(threshold: $0) }
        let profile = CascadeClassifier.profile(of: entrants.map(\.profile), rules: rules, name: name)
        return Entrant(profile) {
            var opened: [CascadeClassifier.Stage] = []
            for (stage, rule) in zip(first, rules) {
                opened.append(CascadeClassifier.Stage(try await stage.open(), rule: rule))
            }
            return CascadeClassifier(opened, last: try await last.open(), name: name)
        }
    }

    /// - Parameter name: of a candidate that can only classify.
    private func labels(for name: String) throws -> [String] {
        guard let task = task as? ClassificationTask else {
            throw CommandFailure(message: "\(name): expected a model, since students and cascades can only classify")
        }
        return task.labels
    }
}
