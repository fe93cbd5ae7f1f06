import Reports
import Typesetting

/// A dialog with a line for each thing that has to be known before something begins.
public struct FieldsForm: Sendable, Equatable {
    /// What is done with the values.
    enum Purpose: Sendable, Equatable {
        /// Index in ``Workflow/all``.
        case start(Int, panes: [Int])
        case export
    }

    let purpose: Purpose
    let fields: [WorkflowField]
    /// In the order of ``fields``.
    private(set) var texts: [String]
    /// Index of the line that is edited.
    private(set) var selected = 0

    private static let longestText = 400

    init(_ purpose: Purpose, _ fields: [WorkflowField], values: [String: String] = [:]) {
        self.purpose = purpose
        self.fields = fields
        texts = fields.map { values[$0.name] ?? "" }
        selectFault()
    }

    var field: WorkflowField { fields[selected] }

    /// What was filled in, by the fields' names.
    var values: [String: String] { Dictionary(uniqueKeysWithValues: zip(fields.map(\.name), texts)) }

    func fault(_ index: Int) -> String? { fields[index].fault(in: texts[index]) }

    var isComplete: Bool { fields.indices.allSatisfy { fault($0) == nil } }

    mutating func select(_ index: Int) { selected = min(max(0, index), fields.count - 1) }

    /// Moves to the first line with a value that isn't allowed, if there is one.
    mutating func selectFault() {
        if let index = fields.indices.first(where: { fault($0) != nil }) { selected = index }
    }

    mutating func type(_ character: Character) {
        guard !character.isNewline, texts[selected].count < Self.longestText else { return }
        texts[selected].append(character)
    }

    mutating func deleteBackward() { _ = texts[selected].popLast() }

    mutating func clear() { texts[selected] = "" }

    mutating func step(by direction: Int) { texts[selected] = field.stepped(texts[selected], by: direction) }
}

extension State {
    mutating func openForm(of workflow: Workflow, values: [String: String] = [:], panes: [Int] = []) {
        guard let index = Workflow.all.firstIndex(of: workflow) else { return }
        var values = values
        for field in workflow.fields {
            if case .choice(let choices) = field.rule, values[field.name] == nil { values[field.name] = choices.first }
        }
        dialog = .fields(FieldsForm(.start(index, panes: panes), workflow.fields, values: values))
    }

    mutating func openExportForm() {
        guard let task = workbench, task.board.report != nil else {
            return tell(.warning, "There is no report yet; it comes when the task is done.")
        }
        let field = WorkflowField(
            "file", "its name ends in \(ReportFormat.endings)", .path, isRequired: true)
        dialog = .fields(FieldsForm(.export, [field], values: ["file": "\(task.board.task).html"]))
    }

    /// Accepts the form; stays in it where something is missing.
    mutating func choose(in form: FieldsForm) -> [Effect] {
        var form = form
        guard form.isComplete else {
            form.selectFault()
            dialog = .fields(form)
            return []
        }
        switch form.purpose {
        case .start(let index, let panes): return start(Workflow.all[index], form.values, panes: panes)
        case .export:
            let effects = exportReport(to: form.values["file"]?.withoutOuterBlanks ?? "")
            if !effects.isEmpty { dialog = nil }
            return effects
        }
    }

    func title(of form: FieldsForm) -> String {
        switch form.purpose {
        case .start(let index, _): Workflow.all[index].name + ": " + Workflow.all[index].summary
        case .export: "Write the report to a file"
        }
    }
}
