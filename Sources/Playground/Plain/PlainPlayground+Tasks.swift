import Chat
import Reports
import Typesetting

extension PlainPlayground {
    /// Says how far the task is, a line for each tenth; and when it has ended, what it brought.
    mutating func writeTask() {
        guard let task = state.workbench else { return }
        var told = self.told.task.flatMap { $0.id == task.id ? $0 : nil } ?? Told.Task(id: task.id)
        defer { self.told.task = told }
        guard !told.hasEnded else { return }
        for note in task.board.notes.dropFirst(told.notes) { text.line(note) }
        told.notes = task.board.notes.count
        if task.isRunning {
            let line = Self.progress(of: task)
            if told.progress != line.key { text.line(line.text) }
            told.progress = line.key
            return
        }
        told.hasEnded = true
        switch task.phase {
        case .finished:
            guard let report = task.board.report else { return }
            text.separate()
            for line in ReportText(report, columns: columns, drawsPlots: false).lines { text.line(line.text) }
            if let path = task.board.recordPath { text.line("Recorded in \(path)") }
            text.line("/report FILE writes this to a file.")
            text.separate()
        case .stopped: text.line(State.resumeRemark)
        // A notice says why.
        case .failed, .starting, .running: break
        }
    }

    /// "classify reviews.csv: 40 %, small 81.4 %, large 89.3 %, about 3.2 min left".
    private static func progress(of task: Workbench) -> (key: String, text: String) {
        guard let fraction = task.fraction else { return ("begun", "\(task.title)…") }
        let tenth = Int(fraction * 10)
        var parts = ["\(task.title): \(tenth * 10) %"]
        for side in task.board.sides where side.judged > 0 {
            let share = Double(side.right) / Double(side.judged)
            parts.append("\(side.role.isEmpty ? side.name : side.role) \(FigureText.fixed(share * 100, places: 1)) %")
        }
        if let left = task.board.secondsLeft, left.isFinite, left >= 0 {
            parts.append("about \(Figures.duration(.seconds(min(left, 1e9))).text) left")
        }
        return ("\(tenth)", parts.joined(separator: ", "))
    }

    /// What a form would ask for, as the command that has it all.
    mutating func write(_ form: FieldsForm) {
        // Who has just written the command writes it again.
        guard form.reason == nil else {
            state.dialog = nil
            return
        }
        text.separate()
        guard case .start(let index, _) = form.purpose else {
            text.line("/report FILE writes the report to a file.")
            state.dialog = nil
            return
        }
        let workflow = Workflow.all[index]
        text.line("\(workflow.name): \(workflow.summary)")
        let rows = form.fields.map { field in
            [field.name, field.isRequired ? "needed" : "", field.explanation, form.values[field.name] ?? ""]
        }
        for line in PlainFigures.aligned(rows, left: [1, 2, 3]) { text.line(line) }
        let places = workflow.fields.filter(\.isPositional).map { $0.name.uppercased() }
        text.line("/\(workflow.name) \(places.joined(separator: " ")) starts it; others are written NAME=VALUE.")
        text.separate()
        state.dialog = nil
    }
}
