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
    /// Why what was filled in came to nothing, until it is changed.
    var reason: String?

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
        change(texts[selected] + String(character))
    }

    mutating func deleteBackward() { change(String(texts[selected].dropLast())) }

    mutating func clear() { change("") }

    mutating func step(by direction: Int) { change(field.stepped(texts[selected], by: direction)) }

    private mutating func change(_ text: String) {
        texts[selected] = text
        reason = nil
    }
}

extension State {
    mutating func openForm(
        of workflow: Workflow, values: [String: String] = [:], panes: [Int] = [], reason: String? = nil
    ) {
        guard let index = Workflow.all.firstIndex(of: workflow) else { return }
        if let reason = lackOfPanes(for: workflow, panes: panes) { return tell(.warning, reason) }
        var values = values
        for field in workflow.fields {
            if case .choice(let choices) = field.rule, values[field.name] == nil { values[field.name] = choices.first }
        }
        var form = FieldsForm(.start(index, panes: panes), workflow.fields, values: values)
        form.reason = reason
        dialog = .fields(form)
    }

    /// Brings back what was filled in for a task that failed before it did anything.
    mutating func reopenForm(of request: TaskRequest, reason: String) {
        let indices = request.sides.compactMap { index(of: $0.pane) }
        openForm(
            of: .named(request.kind), values: request.arguments,
            panes: indices.count == panes.count ? [] : indices.sorted(), reason: reason)
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
        case .start(let index, let panes):
            let workflow = Workflow.all[index]
            let effects = start(workflow, form.values, panes: panes)
            guard !effects.isEmpty, let line = WorkflowArguments.line(of: workflow, form.values, panes: panes) else {
                return effects
            }
            prompt.remember(line)
            return effects + [.remember(line)]
        // It stays until the file is there.
        case .export: return exportReport(to: form.values["file"]?.withoutOuterBlanks ?? "")
        }
    }

    /// A report that was written needs its form no more; one that wasn't may go elsewhere.
    mutating func take(written outcome: Outcome<String>) {
        switch outcome {
        case .success(let path):
            if case .fields(let form) = dialog, form.purpose == .export { dialog = nil }
            tell(.success, "Written: \(path)")
        case .failure(let reason):
            if case .fields(var form) = dialog, form.purpose == .export {
                form.reason = reason
                dialog = .fields(form)
            }
            tell(.failure, reason)
        }
    }

    func title(of form: FieldsForm) -> String {
        switch form.purpose {
        case .start(let index, _): Workflow.all[index].name + ": " + Workflow.all[index].summary
        case .export: "Write the report to a file"
        }
    }

    /// The same in a few letters.
    func briefTitle(of form: FieldsForm) -> String {
        if case .start(let index, _) = form.purpose { Workflow.all[index].name } else { title(of: form) }
    }
}
