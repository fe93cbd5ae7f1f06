import Chat
import InferenceCore
import Synchronization

/// Constraints that were compiled for one vocabulary, with the masks that were found for them.
final class ConstraintCache: Sendable {
    /// A task has one constraint for all its texts, a conversation now and then another one.
    private static let kept = 8

    private let entries = Mutex<[(source: AnswerConstraint, compiled: TokenConstraint)]>([])

    /// Blocks while a constraint is compiled that wasn't used lately.
    /// - Throws: `ConstraintError`.
    func constraint(_ source: AnswerConstraint, for tokenizer: Tokenizer) throws -> TokenConstraint {
        if let known = entries.withLock({ entries in entries.first { $0.source == source }?.compiled }) { return known }
        let compiled = TokenConstraint(try Constraint(source), tokenizer: tokenizer)
        entries.withLock { entries in
            entries.insert((source, compiled), at: 0)
            entries.removeLast(max(0, entries.count - Self.kept))
        }
        return compiled
    }
}

extension Constraint {
    /// - Throws: `ConstraintError`.
    public init(_ constraint: AnswerConstraint) throws {
        self =
            switch constraint {
            case .choices(let choices): try .choices(choices)
            case .regularExpression(let expression): try .regularExpression(expression)
            case .jsonSchema(let schema): try .jsonSchema(schema)
            case .jsonObject: try .jsonObject()
            case .grammar(let grammar): try .grammar(grammar)
            }
    }
}
