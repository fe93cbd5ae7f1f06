import Backends
import Chat
import InferenceCore
import Playground

/// Finds out whether answers can be held to a constraint, whatever the vocabulary.
struct CheckConstraint {
    var constraint: AnswerConstraint

    func perform(in context: EffectContext) {
        let constraint = constraint
        context.runErrand { .checked(constraint, fault: Self.fault(of: constraint)) }
    }

    private static func fault(of constraint: AnswerConstraint) -> String? {
        do {
            _ = try Constraint(constraint)
            return nil
        } catch {
            return String(oneLine: error)
        }
    }
}
