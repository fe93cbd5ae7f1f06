import Playground
import Reports

extension PlaygroundDriver {
    /// The tasks that were asked for, oldest first.
    public var tasks: [(id: TaskID, request: TaskRequest)] {
        effects.compactMap { if case .runTask(let id, let request) = $0 { (id, request) } else { nil } }
    }

    /// Reports what happens in the latest task.
    @discardableResult
    public mutating func report(_ updates: TaskUpdate...) -> [Effect] {
        guard let task = tasks.last else { return [] }
        return updates.flatMap { send(.task(task.id, .update($0))) }
    }

    /// Reports that a side of the latest task did an example.
    public mutating func outcome(
        _ id: Int, _ text: String, expected: String? = nil, side: Int, _ answer: String, confidence: Double? = nil,
        failure: String? = nil, wasDoneBefore: Bool = false
    ) {
        let isRight = expected.map { failure == nil && $0 == answer }
        report(
            .outcome(
                TaskBoard.Outcome(
                    answer: answer, isRight: isRight, confidence: confidence, milliseconds: 12, failure: failure),
                side: side, id: "\(id)", text: text, expected: expected, wasDoneBefore: wasDoneBefore))
    }
}
