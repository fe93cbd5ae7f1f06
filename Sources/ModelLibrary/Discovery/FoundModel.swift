/// A model in one of the places that are looked through.
struct FoundModel: Sendable, Equatable {
    /// What a user types for it, such as "ollama:llama3.2:1b". Two of one place may have the same.
    var id: String
    /// For people, where the file has no name of its own.
    var title: String
    /// The file, the parts of a split one in their order, or a Hugging Face folder; those that are there.
    var files: [String]
    /// Lower-case hexadecimal SHA-256 of the only file, where the place names it by that.
    var digest: String?
    /// Why there is nothing to open, in one line; nil where it can be.
    var obstacle: String?
    /// Whether all of it is here, even if it can't be opened.
    var isWhole: Bool
    /// The system prompt that the tool keeps with it.
    var system: String?
    /// Sampling parameters that the tool keeps with it.
    var parameters: [String: [String]] = [:]

    init(id: String, title: String, files: [String], digest: String? = nil, obstacle: String? = nil) {
        self.id = id
        self.title = title
        self.files = files
        self.digest = digest
        self.obstacle = obstacle
        isWhole = obstacle == nil
    }

    /// What it is opened by.
    var path: String? { obstacle == nil ? files.first : nil }

    /// The bytes that are here, folders aside.
    var fileBytes: Int { files.reduce(0) { $0 + (FileState(of: $1)?.bytes ?? 0) } }
}

/// The files that make one GGUF model.
struct GGUFSet {
    /// Of the first one.
    let name: GGUFFileName
    /// Those that are there, in their order.
    private(set) var paths: [String]
    private var missing: [Int]

    /// The models among some files, in the order of their paths; what belongs to other models is left out.
    static func sets(among paths: [String]) -> [GGUFSet] {
        var order: [String] = []
        var parts: [String: [GGUFFileName: String]] = [:]
        for path in paths {
            guard let name = GGUFFileName(path: path), !name.isSupplement else { continue }
            let key = "\(name.folder)/\(name.stem)/\(name.partCount)"
            if parts[key] == nil { order.append(key) }
            parts[key, default: [:]][name] = path
        }
        return order.compactMap { parts[$0].flatMap { GGUFSet($0) } }
    }

    private init?(_ parts: [GGUFFileName: String]) {
        let sorted = parts.sorted { $0.key.part < $1.key.part }
        guard let first = sorted.first else { return nil }
        name = first.key
        paths = sorted.map(\.value)
        let present = Set(sorted.map(\.key.part))
        missing = (1...name.partCount).filter { !present.contains($0) }
    }

    /// What of it is missing, in one line; nil where it is whole.
    var obstacle: String? {
        guard missing.isEmpty else {
            let numbers = missing.prefix(8).map { "\($0)" }.joined(separator: ", ") + (missing.count > 8 ? ", …" : "")
            let subject = missing.count == 1 ? "part \(numbers) of \(name.partCount) is" : "parts \(numbers) are"
            return "\(subject) missing in \(name.folder): fetch the rest with the tool that began it"
        }
        guard let broken = paths.first(where: { FileState(of: $0) == nil }) else { return nil }
        return "\(broken) leads to no file: fetch it again with the tool that did"
    }

    func model(id: String, title: String, digest: String? = nil) -> FoundModel {
        FoundModel(
            id: id, title: title, files: paths.filter { FileState(of: $0) != nil },
            digest: paths.count == 1 ? digest : nil, obstacle: obstacle)
    }
}
