import Evaluation
import Reports

/// Turns what two runs tell into what one task tells, with the time that is left for all of it.
struct DistillationProgress {
    private var pace = Pace(sides: 2)
    private var labellingLeft: Int
    private var vectorsLeft: Int
    /// Of the teacher and the student.
    private var testLeft: [Int]

    init(labelling: Int, test: Int) {
        (labellingLeft, vectorsLeft) = (labelling, labelling)
        testLeft = [test, test]
    }

    mutating func labelling(_ update: TaskUpdate) -> [TaskUpdate] {
        switch update {
        case .began, .timeLeft, .phase(.done, side: _): return []
        case .outcome(let outcome, _, _, _, _, let wasDoneBefore):
            labellingLeft -= 1
            if !wasDoneBefore { pace.add(outcome.milliseconds / 1000, side: 0) }
            return [update, .timeLeft(seconds: secondsLeft)]
        default: return [update]
        }
    }

    /// - Parameter seconds: nil where the vector was made before.
    mutating func embedded(_ seconds: Double?) -> TaskUpdate {
        vectorsLeft -= 1
        if let seconds { pace.add(seconds, side: 1) }
        return .timeLeft(seconds: secondsLeft)
    }

    mutating func testing(_ update: TaskUpdate) -> [TaskUpdate] {
        switch update {
        case .began, .timeLeft: return []
        case .outcome(let outcome, let side, _, _, _, let wasDoneBefore):
            testLeft[side] -= 1
            vectorsLeft = 0
            if !wasDoneBefore { pace.add(outcome.milliseconds / 1000, side: side) }
            return [update, .timeLeft(seconds: secondsLeft)]
        default: return [update]
        }
    }

    /// What the encoder has left is short beside a teacher, and isn't waited for.
    private var secondsLeft: Double? {
        let teacher = labellingLeft + testLeft[0]
        return pace.secondsLeft([teacher, vectorsLeft + testLeft[1]]) ?? pace.secondsLeft([teacher, 0])
    }
}
