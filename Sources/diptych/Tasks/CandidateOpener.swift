import Chat
import Evaluation
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
            case .student, .cascade: throw CommandFailure(message: "not here yet")
            }
        entrant.profile.name = candidate.name
        return entrant
    }

    private func model(_ name: String) async throws -> Entrant {
        let (models, task) = (models, task)
        let (choice, profile) = try await onOwnThread {
            let choice = try models.resolver.resolve(name)
            return (choice, try models.profile(of: choice, task: task.fingerprint))
        }
        return Entrant(profile) { try task.solver(try await models.open(choice), profile: profile) }
    }
}
