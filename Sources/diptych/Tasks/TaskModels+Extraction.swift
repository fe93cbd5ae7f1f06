import Chat
import Evaluation
import Tasks

extension TaskModels {
    /// A model that takes records out of texts, opened when there is something left to do for it.
    func extractor(_ model: ModelChoice, role: PaneRole?, task: ExtractionTask) async throws -> Entrant {
        let context = contextLength.map { "\($0)" } ?? ""
        let profile = try await onOwnThread { () throws -> SolverProfile in
            // A longer context lets longer texts through.
            try self.profile(of: model, task: Fingerprint(task.fingerprint, context).text)
        }
        return Entrant(profile, role: role?.rawValue ?? "") {
            ConstrainedExtractor(try await open(model), task: task, profile: profile)
        }
    }
}
