/// A task while it runs: its sides, and what each made of the examples. What a screen draws and a progress line tells.
public struct TaskBoard: Sendable, Equatable {
    /// One way of doing the task.
    public struct Side: Sendable, Equatable {
        public enum Phase: Sendable, Equatable {
            case waiting, loading, warmingUp, running, done
            /// Why, in one line.
            case failed(String)
        }

        public var name: String
        /// "small", "large", or empty.
        public var role: String
        public var phase: Phase
        /// Examples that it has done, those of an earlier run among them.
        public var done = 0
        public var total: Int
        /// Of ``done``, those taken over from an earlier run.
        public var resumed = 0
        /// Answers that were right, of ``judged``.
        public var right = 0
        /// Answers that could be compared with an expected one.
        public var judged = 0
        /// What the screen shows beside the progress, in order.
        public var figures: [Figure] = []

        public init(name: String, role: String = "", phase: Phase = .waiting, total: Int) {
            self.name = name
            self.role = role
            self.phase = phase
            self.total = total
        }
    }

    /// A figure with its name, such as "p95" and "41.2 ms".
    public struct Figure: Sendable, Equatable {
        public var name: String
        public var text: String

        public init(_ name: String, _ text: String) {
            self.name = name
            self.text = text
        }
    }

    /// What one side made of one example.
    public struct Outcome: Sendable, Equatable {
        public var answer: String
        /// Nil where no answer was expected.
        public var isRight: Bool?
        /// How sure the side was, from 0 to 1; nil where it can't say.
        public var confidence: Double?
        public var milliseconds: Double
        /// Why there is no answer.
        public var failure: String?

        public init(
            answer: String, isRight: Bool? = nil, confidence: Double? = nil, milliseconds: Double,
            failure: String? = nil
        ) {
            self.answer = answer
            self.isRight = isRight
            self.confidence = confidence
            self.milliseconds = milliseconds
            self.failure = failure
        }
    }

    /// An example with what each side made of it.
    public struct Row: Sendable, Equatable, Identifiable {
        public var id: String
        public var text: String
        public var expected: String?
        /// In the order of the sides; nil where one hasn't come to it.
        public var outcomes: [Outcome?]

        public init(id: String, text: String, expected: String? = nil, outcomes: [Outcome?]) {
            self.id = id
            self.text = text
            self.expected = expected
            self.outcomes = outcomes
        }
    }

    /// Such as "classify".
    public var task: String
    /// What is worked on, such as the file's name.
    public var title: String
    public var sides: [Side]
    /// In the order in which they came; only the last ``rowsKept``.
    public var rows: [Row] = []
    /// Estimated time to the end; nil where it can't be told yet.
    public var secondsLeft: Double?
    /// What else happened, in lines.
    public var notes: [String] = []
    /// Set when the task is over.
    public var report: TaskReport?
    /// Where everything is kept.
    public var recordPath: String?

    /// More would only be scrolled through; the record has them all.
    public static let rowsKept = 2000

    public init(task: String, title: String, sides: [Side]) {
        self.task = task
        self.title = title
        self.sides = sides
    }
}

/// What happens while a task runs.
public enum TaskUpdate: Sendable, Equatable {
    case began(TaskBoard)
    case phase(TaskBoard.Side.Phase, side: Int)
    case figures([TaskBoard.Figure], side: Int)
    /// - wasDoneBefore: taken over from an earlier run.
    case outcome(TaskBoard.Outcome, side: Int, id: String, text: String, expected: String?, wasDoneBefore: Bool)
    case timeLeft(seconds: Double?)
    case note(String)
    case finished(TaskReport)
}

extension TaskBoard {
    public mutating func apply(_ update: TaskUpdate) {
        switch update {
        case .began(let board): self = board
        case .phase(let phase, let side):
            if sides.indices.contains(side) { sides[side].phase = phase }
        case .figures(let figures, let side):
            if sides.indices.contains(side) { sides[side].figures = figures }
        case .outcome(let outcome, let side, let id, let text, let expected, let wasDoneBefore):
            guard sides.indices.contains(side) else { return }
            count(outcome, side: side, wasDoneBefore: wasDoneBefore)
            let row = rows.lastIndex { $0.id == id }
            if let row {
                rows[row].outcomes[side] = outcome
            } else {
                var outcomes = [Outcome?](repeating: nil, count: sides.count)
                outcomes[side] = outcome
                rows.append(Row(id: id, text: text, expected: expected, outcomes: outcomes))
                if rows.count > Self.rowsKept { rows.removeFirst(rows.count - Self.rowsKept) }
            }
        case .timeLeft(let seconds): secondsLeft = seconds
        case .note(let note): notes.append(note)
        case .finished(let report):
            self.report = report
            secondsLeft = nil
        }
    }

    private mutating func count(_ outcome: Outcome, side: Int, wasDoneBefore: Bool) {
        sides[side].done += 1
        if wasDoneBefore { sides[side].resumed += 1 }
        if let isRight = outcome.isRight {
            sides[side].judged += 1
            if isRight { sides[side].right += 1 }
        }
    }
}
