import Backends
import Chat
import Playground

/// Finds out, before anything is asked, whether answers can be held to a constraint.
struct CheckConstraint {
    var constraint: AnswerConstraint

    func perform(in context: EffectContext) {
        let constraint = constraint
        context.runErrand {
            do {
                try constraint.check()
                return nil
            } catch {
                return .constraintRefused(constraint, String(oneLine: error))
            }
        }
    }
}
