import Reports

/// A task that is under way, or the latest one: what came of it so far, and what part of that is on the screen.
public struct Workbench: Sendable, Equatable {
    public enum Phase: Sendable, Equatable {
        /// Asked for; nothing has come yet.
        case starting
        case running
        case finished
        /// The user has stopped it.
        case stopped
        /// What was wrong and what to do, on one line.
        case failed(String)
    }

    /// What is shown below the sides.
    enum Tab: Sendable, Equatable {
        case rows, report
    }

    /// Which examples are listed.
    enum Filter: Sendable, Equatable, CaseIterable {
        case all
        /// The sides gave different answers.
        case disagreements
        /// A side's answer was wrong, or there was none.
        case mistakes

        var title: String {
            switch self {
            case .all: "all"
            case .disagreements: "disagreements"
            case .mistakes: "mistakes"
            }
        }
    }

    public let id: TaskID
    public let request: TaskRequest
    public internal(set) var phase = Phase.starting
    public internal(set) var board: TaskBoard
    /// Whether it has the screen; otherwise it goes on behind the panes.
    public internal(set) var isShown = true
    var tab = Tab.rows
    var filter = Filter.all
    /// Which row is chosen: the newest one, or one that was moved to.
    var scroll = Pane.Scroll.tail
    /// The first line of the report that is.
    var reportTop = 0

    init(id: TaskID, request: TaskRequest) {
        self.id = id
        self.request = request
        let names = ["file", "folder"].compactMap { request.arguments[$0] }
        board = TaskBoard(
            task: request.kind.rawValue, title: names.first ?? "",
            sides: request.sides.map { side in
                TaskBoard.Side(name: side.model, role: side.role?.rawValue ?? "", total: 0)
            })
    }

    public var isRunning: Bool {
        switch phase {
        case .starting, .running: true
        case .finished, .stopped, .failed: false
        }
    }

    /// The part that is done, from 0 to 1; nil where it can't be known yet.
    var fraction: Double? {
        let total = board.sides.reduce(0) { $0 + $1.total }
        guard total > 0 else { return nil }
        return min(1, Double(board.sides.reduce(0) { $0 + $1.done }) / Double(total))
    }

    /// The rows that the filter leaves.
    var rows: [TaskBoard.Row] {
        switch filter {
        case .all: board.rows
        case .disagreements: board.rows.filter(\.hasDisagreement)
        case .mistakes: board.rows.filter(\.hasMistake)
        }
    }

    /// Index of the chosen row among ``rows``; 0 where there are none.
    var selected: Int {
        let last = max(0, rows.count - 1)
        return if case .line(let line) = scroll { min(line, last) } else { last }
    }

    var selectedRow: TaskBoard.Row? {
        let rows = rows
        return rows.isEmpty ? nil : rows[selected]
    }

    /// "classify · reviews.csv". Some titles begin with the task already.
    var title: String {
        let name =
            board.title.hasPrefix(board.task + " ") ? board.title.dropFirst(board.task.count + 1) : board.title[...]
        return name.isEmpty ? board.task : "\(board.task) · \(name)"
    }

    mutating func take(_ update: TaskUpdate) {
        if phase == .starting { phase = .running }
        board.apply(update)
        guard case .finished = update else { return }
        phase = .finished
        tab = .report
        reportTop = 0
    }
}

extension TaskBoard.Row {
    /// Whether two sides gave different answers.
    var hasDisagreement: Bool { Set(outcomes.compactMap { $0 }.map { $0.failure == nil ? $0.answer : "" }).count > 1 }

    var hasMistake: Bool { outcomes.contains { $0?.isRight == false || $0?.failure != nil } }
}
