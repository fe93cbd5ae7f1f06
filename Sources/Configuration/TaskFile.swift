import Evaluation
import Foundation

/// A task's file: what is to be done, what is required, and who may do it. `docs/tasks/` has some.
///
/// Paths in it are taken from the file's own folder, and so are models whose names begin with `./` or `../`.
public enum TaskFile {
    /// Reads a task. Blocks.
    /// - Throws: ``ConfigurationError``.
    public static func read(_ path: String) throws -> TaskDefinition {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ConfigurationError(
                file: path, expected: "a task's file", found: "none that can be read", remedy: "name another one")
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw ConfigurationError(
                file: path, expected: "UTF-8 text", found: "other bytes", remedy: "name another file")
        }
        return try parse(text, file: path)
    }

    /// - Parameter file: the file's path, which paths in it are relative to.
    /// - Throws: ``ConfigurationError``.
    public static func parse(_ yaml: String, file: String) throws -> TaskDefinition {
        let root = try YAMLField(text: yaml, file: file)
        let fields = try root.mapping(known: [
            "task", "examples", "fields", "labels", "schema", "prompt", "shots", "calibration", "judge",
            "requirements", "candidates", "confidence", "seed", "limit", "choose", "stop_early",
        ])
        let folder = TaskFolder(file: file)
        let kind = try fields["task"].choice(of: TaskDefinition.Kind.self, "the kind of task")
        let examples = folder.path(try fields["examples"].line(expected: "the path of a file with examples"))
        let candidates = try CandidateList(fields["candidates"], folder: folder).candidates
        var task = TaskDefinition(kind: kind, examples: examples, candidates: candidates)
        task.fields = try fields.optional("fields", exampleFields) ?? task.fields
        task.labels = try fields.optional("labels", labels)
        task.schema = try fields.optional("schema") { folder.path(try $0.line(expected: "the path of a JSON Schema")) }
        task.prompt = try fields.optional("prompt") { try $0.text(expected: "what models are told to do") }
        task.shots = try fields.optional("shots") { folder.path(try $0.line(expected: "the path of examples to show")) }
        task.isCalibrated = try fields.optional("calibration", isCalibrated) ?? task.isCalibrated
        task.judge = try fields.optional("judge") { try judge($0, kind) } ?? task.judge
        if let list = try fields.optional("requirements", RequirementList.init) {
            (task.requirements, task.currency) = (list.requirements, list.currency)
        }
        task.confidence =
            try fields.optional("confidence") {
                try $0.share(in: 0.8...0.999, "a confidence, such as 0.95 or 95 %,")
            } ?? task.confidence
        task.seed = UInt64(try fields.optional("seed") { try $0.integer(in: 0...Int.max, "a seed") } ?? 0)
        task.limit = try fields.optional("limit") { try $0.integer(in: 1...1_000_000_000, "a number of examples") }
        task.choosingShare =
            try fields.optional("choose") {
                try $0.share(in: 0.1...1, "the share of the examples for the choice")
            } ?? task.choosingShare
        task.stopsEarly = try fields.optional("stop_early") { try $0.flag() } ?? task.stopsEarly
        try check(task, fields)
        return task
    }

    /// What belongs to one kind of task alone would be passed over in another one.
    private static func check(_ task: TaskDefinition, _ fields: YAMLField.Mapping) throws {
        let owners: [(name: String, kind: TaskDefinition.Kind)] = [
            ("labels", .classify), ("calibration", .classify), ("schema", .extract),
        ]
        for (name, kind) in owners where kind != task.kind && !fields[name].isMissing {
            throw fields[name].error(
                expected: "\(name) only where task is \(kind.rawValue)", found: "task \(task.kind.rawValue)",
                remedy: "remove it")
        }
        let mixed = task.candidates.first { candidate in
            if case .model = candidate.way { false } else { true }
        }
        if let mixed, task.kind != .classify {
            throw fields["candidates"].error(
                expected: "students and cascades only where task is classify", found: "\"\(mixed.name)\"",
                remedy: "remove it")
        }
        guard task.kind != .extract || task.schema != nil else {
            throw fields["schema"].error(
                expected: "the path of a JSON Schema, since task is extract", remedy: "add schema: FILE")
        }
    }

    private static func exampleFields(_ field: YAMLField) throws -> ExampleFields {
        let fields = try field.mapping(known: ["text", "expected", "id"])
        let expected = "the name of a field"
        return ExampleFields(
            text: try fields.optional("text") { try $0.line(expected: expected) },
            expected: try fields.optional("expected") { try $0.line(expected: expected) },
            id: try fields.optional("id") { try $0.line(expected: expected) })
    }

    private static func labels(_ field: YAMLField) throws -> [String] {
        let labels = try field.list(expected: "a list of labels").map { try $0.line(expected: "a label") }
        guard labels.count >= 2, Set(labels).count == labels.count else {
            throw field.error(
                expected: "two different labels or more",
                found: labels.count < 2 ? "\(labels.count)" : "one of them twice")
        }
        return labels
    }

    private static func isCalibrated(_ field: YAMLField) throws -> Bool {
        switch try field.line() {
        case "none": return false
        case "content-free": return true
        default: throw field.error(expected: "none or content-free")
        }
    }

    private static func judge(_ field: YAMLField, _ kind: TaskDefinition.Kind) throws -> TaskDefinition.Judge {
        let noun = "a rule of judging"
        guard !field.isScalar else { return .init(try field.choice(of: JudgeRule.self, noun)) }
        let fields = try field.mapping(known: ["rule", "expected"])
        return TaskDefinition.Judge(
            try fields.optional("rule") { try $0.choice(of: JudgeRule.self, noun) } ?? kind.usualRule,
            expected: try fields.optional("expected") { try $0.text(expected: "what is expected of each example") })
    }
}

/// Where a task's file lies.
struct TaskFolder: Equatable {
    private let folder: String

    init(file: String) {
        folder = file.lastIndex(of: "/").map { String(file[...$0]) } ?? ""
    }

    func path(_ path: String) -> String { path.hasPrefix("/") ? path : folder + path }

    /// A model's name; only one that is clearly a path is taken from the folder.
    func model(_ name: String) -> String {
        name.hasPrefix("./") || name.hasPrefix("../") ? folder + name : name
    }
}

extension YAMLField {
    /// One of a list of names.
    func choice<Choice: CaseIterable & RawRepresentable<String>>(of type: Choice.Type, _ noun: String) throws -> Choice
    {
        let names = Choice.allCases.map(\.rawValue)
        let list = names.dropLast().joined(separator: ", ") + " or " + (names.last ?? "")
        let expected = "\(noun): \(list)"
        let name = try line(expected: expected)
        guard let choice = Choice(rawValue: name) else {
            throw error(
                expected: expected,
                remedy: ClosestName.of(name, among: names).map { "did you mean \"\($0)\"?" } ?? "correct it")
        }
        return choice
    }

    /// A share, as a fraction or in percent.
    func share(in range: ClosedRange<Double>, _ noun: String) throws -> Double {
        try quantity(
            in: range, units: ["%": 0.01], needsUnit: false, "\(noun) from \(range.lowerBound) to \(range.upperBound)")
    }

    /// A number with a unit behind it, such as `50 ms`.
    ///
    /// - Parameters:
    ///   - units: factors by the unit's name.
    ///   - needsUnit: whether a number alone is too little.
    func quantity(
        in range: ClosedRange<Double>, units: [String: Double], needsUnit: Bool, _ expected: String
    ) throws -> Double {
        let text = try line(expected: expected)
        let figure = text.prefix { $0.isASCII && ($0.isNumber || ".+-eE".contains($0)) }
        let unit = text.dropFirst(figure.count).drop { $0 == " " }
        let factor = unit.isEmpty && !needsUnit ? 1 : units[String(unit)]
        // The product of a decimal fraction and a factor isn't always the number that was meant.
        guard let factor, let number = Double(figure), number.isFinite else { throw error(expected: expected) }
        let value = factor < 1 ? number / (1 / factor).rounded() : number * factor
        guard range.contains(value) else { throw error(expected: expected) }
        return value
    }
}
