/// One way in which a small and a large model do something together. Each has one entry in ``all``, which feeds the menu, the
/// commands and the forms.
struct Workflow: Sendable, Equatable {
    enum Way: Sendable, Equatable {
        /// Every prompt goes to all panes.
        case sideBySide
        /// The small model guesses for the large one.
        case speculate
        /// A task that runs over examples or files.
        case task(TaskRequest.Kind)
    }

    let name: String
    /// What the models do for each other, in one line.
    let summary: String
    let way: Way
    /// Those whose values need no names in a command come first.
    let fields: [WorkflowField]

    init(_ name: String, _ summary: String, _ way: Way) {
        (self.name, self.summary, self.way, self.fields) = (name, summary, way, [])
    }

    init(_ kind: TaskRequest.Kind, _ summary: String, _ fields: [WorkflowField]) {
        (self.name, self.summary, self.way, self.fields) = (kind.rawValue, summary, .task(kind), fields)
    }

    static let all: [Workflow] = [
        Workflow("side by side", "the same prompt to every pane", .sideBySide),
        Workflow("speculate", "the small model guesses tokens, the large one checks them", .speculate),
        Workflow(
            .classify, "one of some labels for each text, by likelihood",
            [.examples, .labels, .columns, .student, .shots, .calibration, .limit]),
        Workflow(
            .extract, "fields by a schema, from texts and PDF files", [.documents, .schema, .expected, .shots, .limit]),
        Workflow(
            .retrieve, "the small one finds passages, the large one answers with them",
            [.folder, .question, .finder, .passages]),
        Workflow(
            .distill, "the large one labels texts, a small student learns them",
            [.examples, .labels, .columns, .encoder, .studentFile, .limit]),
        Workflow(
            .cascade, "the small one first, the large one where it is unsure",
            [.examples, .labels, .columns, .limit]),
        Workflow(.ladder, "one model at several quantizations", [.corpus, .formats, .chunks]),
        Workflow(.advise, "which is the smallest that satisfies all requirements", [.definition]),
    ]

    static func named(_ kind: TaskRequest.Kind) -> Workflow {
        // Each kind has its entry; a test goes through all of them.
        all.first { $0.way == .task(kind) } ?? all[0]
    }

    /// The kind of task that it starts; nil for one that only sets how prompts are answered.
    var kind: TaskRequest.Kind? { if case .task(let kind) = way { kind } else { nil } }

    /// What may stand behind its command, such as "[FILE] [LABELS] [NAME=VALUE]": what is missing is asked for.
    var arguments: String {
        let positional = fields.filter(\.isPositional).map { "[\($0.name.uppercased())]" }
        let named = fields.contains { !$0.isPositional } ? ["[NAME=VALUE]"] : []
        return (positional + named + ["[@PANE]"]).joined(separator: " ")
    }
}

extension WorkflowField {
    static let examples = WorkflowField(
        "file", "examples: .jsonl, .csv, .tsv, or a text a line", .path, isRequired: true)
    static let labels = WorkflowField(
        "labels", "such as positive,negative; empty: those that the file expects", .list(atLeast: 2),
        isPositional: true)
    static let columns = WorkflowField(
        "columns", "of text, label, id, such as review,stars; empty: found by their names",
        .list(atLeast: 1, atMost: 3))
    static let shots = WorkflowField("shots", "a file with examples to show the models first", .path)
    static let calibration = WorkflowField(
        "calibrate", "content-free takes out what a model likes anyway", .choice(["none", "content-free"]))
    static let limit = WorkflowField("limit", "only so many examples; empty: all", .wholeNumber(1...10_000_000))
    static let documents = WorkflowField(
        "file", "a folder, a text, a PDF, or examples as .jsonl", .path, isRequired: true)
    static let schema = WorkflowField("schema", "a file with the JSON Schema of the fields", .path, isRequired: true)
    static let expected = WorkflowField("expected", "a .jsonl file with what should come out", .path)
    static let folder = WorkflowField("folder", "with texts, Markdown and PDF files", .path, isRequired: true)
    static let question = WorkflowField(
        "question", "what to find and to answer, or a .jsonl or .csv file of questions", .text, isRequired: true)
    static let encoder = WorkflowField("encoder", "what makes vectors of texts; empty: the small model", .text)
    static let finder = WorkflowField(
        "encoder", "a sentence encoder, which finds the passages", .text, usual: "all-minilm-l6-v2")
    static let passages = WorkflowField("passages", "that the large model gets to read", .wholeNumber(1...50))
    static let student = WorkflowField("student", "a file that /distill has made, which classifies too", .path)
    static let studentFile = WorkflowField(
        "student", "the file to write, which ends in .json; empty: a new one", .path, usual: "student.json")
    static let corpus = WorkflowField("file", "a text to measure perplexity with", .path, isRequired: true)
    static let formats = WorkflowField("formats", "such as Q8_0,Q4_K; empty: the usual ones", .list(atLeast: 1))
    static let chunks = WorkflowField(
        "chunks", "only so many chunks of the text; empty: all", .wholeNumber(1...1_000_000))
    static let definition = WorkflowField(
        "file", "a .yaml with examples, requirements and candidates", .path, isRequired: true)
}
