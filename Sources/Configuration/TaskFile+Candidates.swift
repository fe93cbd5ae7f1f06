import Evaluation

/// Who may do a task.
struct CandidateList {
    private(set) var candidates: [TaskDefinition.Candidate] = []
    private let folder: TaskFolder

    /// More aren't meant: each does every example.
    private static let most = 50

    init(_ field: YAMLField, folder: TaskFolder) throws {
        self.folder = folder
        let entries = try field.list(expected: "a list of candidates")
        guard (1...Self.most).contains(entries.count) else {
            throw field.error(expected: "from one to \(Self.most) candidates", found: "\(entries.count)")
        }
        // Cascades name others, which may stand behind them.
        var cascades: [(place: Int, entry: YAMLField)] = []
        for entry in entries {
            if try !entry.isScalar && !entry.entries(expected: Self.expected).allSatisfy({ $0.name != "cascade" }) {
                cascades.append((candidates.count, entry))
            } else {
                for candidate in try Self.simple(entry, folder) { try add(candidate, entry) }
            }
        }
        for (shift, cascade) in cascades.enumerated() {
            let candidate = try self.cascade(cascade.entry)
            try add(candidate, cascade.entry, at: cascade.place + shift)
        }
    }

    private static let expected = "a model, or one of model, student and cascade"

    private mutating func add(_ candidate: TaskDefinition.Candidate, _ entry: YAMLField, at place: Int? = nil) throws {
        guard !candidates.contains(where: { $0.name == candidate.name }) else {
            throw entry.error(
                expected: "a name of its own for each candidate", found: "\"\(candidate.name)\" twice",
                remedy: "give one of them another name")
        }
        candidates.insert(candidate, at: place ?? candidates.count)
    }

    private static func simple(_ entry: YAMLField, _ folder: TaskFolder) throws -> [TaskDefinition.Candidate] {
        if entry.isScalar {
            let model = try entry.line(expected: expected)
            return [TaskDefinition.Candidate(name: model, way: .model(folder.model(model)))]
        }
        let fields = try entry.mapping(known: ["name", "model", "quantizations", "student", "encoder"])
        let name = try fields.optional("name") { try $0.line(expected: "a name") }
        switch (fields["model"].isMissing, fields["student"].isMissing) {
        case (false, true):
            if !fields["encoder"].isMissing {
                throw fields["encoder"].error(expected: "an encoder only beside a student", remedy: "remove it")
            }
            let model = try fields["model"].line(expected: "a model")
            return try models(model, name, fields, folder)
        case (true, false):
            let path = try fields["student"].line(expected: "a student's file")
            let encoder = try fields.optional("encoder") { folder.model(try $0.line(expected: "a model")) }
            return [
                TaskDefinition.Candidate(name: name ?? path, way: .student(path: folder.path(path), encoder: encoder))
            ]
        default: throw entry.error(expected: expected, found: "none or several of them")
        }
    }

    /// One model at one or several quantizations.
    private static func models(
        _ model: String, _ name: String?, _ fields: YAMLField.Mapping, _ folder: TaskFolder
    ) throws -> [TaskDefinition.Candidate] {
        guard !fields["quantizations"].isMissing else {
            return [TaskDefinition.Candidate(name: name ?? model, way: .model(folder.model(model)))]
        }
        let field = fields["quantizations"]
        guard model.hasPrefix("hf:"), !model.dropFirst(3).contains(":") else {
            throw field.error(
                expected: "quantizations beside a model such as hf:organization/repository", found: "another model",
                remedy: "name each file as a candidate of its own")
        }
        let quantizations = try field.list(expected: "a list of quantizations, such as [Q4_K_M, Q8_0]")
            .map { try $0.line(expected: "a quantization, such as Q4_K_M") }
        guard !quantizations.isEmpty else { throw field.error(expected: "at least one quantization", found: "none") }
        return quantizations.map {
            TaskDefinition.Candidate(name: "\(name ?? model):\($0)", way: .model("\(model):\($0)"))
        }
    }

    private func cascade(_ entry: YAMLField) throws -> TaskDefinition.Candidate {
        let fields = try entry.mapping(known: ["name", "cascade", "threshold"])
        let field = fields["cascade"]
        let names = try field.list(expected: "a list of models or of other candidates' names")
            .map { try $0.line(expected: "a model or another candidate's name") }
        guard names.count >= 2, Set(names).count == names.count else {
            throw field.error(
                expected: "two different stages or more",
                found: names.count < 2 ? "\(names.count)" : "one of them twice")
        }
        let stages = try names.map { name in
            guard let other = candidates.first(where: { $0.name == name }) else {
                return TaskDefinition.Candidate(name: name, way: .model(folder.model(name)))
            }
            if case .cascade = other.way {
                throw field.error(expected: "stages that are no cascades", found: "\"\(name)\"")
            }
            return other
        }
        let thresholds = try Self.thresholds(fields["threshold"], stages: stages.count)
        let name = try fields.optional("name") { try $0.line(expected: "a name") }
        return TaskDefinition.Candidate(
            name: name ?? names.joined(separator: " > "), way: .cascade(stages, thresholds: thresholds))
    }

    private static func thresholds(_ field: YAMLField, stages: Int) throws -> [Double] {
        let noun = "a confidence, such as 0.9 or 90 %,"
        guard field.isList else {
            return Array(repeating: try field.share(in: 0...1, noun), count: stages - 1)
        }
        let thresholds = try field.list().map { try $0.share(in: 0...1, noun) }
        guard thresholds.count == stages - 1 else {
            throw field.error(
                expected: "a threshold for each stage but the last, \(stages - 1)", found: "\(thresholds.count)")
        }
        return thresholds
    }
}
