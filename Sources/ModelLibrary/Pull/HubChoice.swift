import InferenceCore
import Transport

/// A file in a repository of the Hub.
struct HubFile: Sendable, Equatable {
    /// In the repository.
    var path: String
    var bytes: Int
    /// Nil for small files, which the Hub knows by another hash.
    var sha256: String?
}

/// The files of a repository that are one model, chosen as llama.cpp chooses them: by the format that their name
/// says, else Q4_K_M, else Q8_0, else the first.
struct HubChoice: Equatable {
    /// All parts, in their order.
    let files: [HubFile]
    /// What tells the model from the others of the repository: "Q4_K_M", or the file's path.
    let label: String
    /// Whether it is what is taken where nobody chooses.
    let isDefault: Bool
    /// Other models that what was asked for fits as well.
    let alternatives: [String]

    private static let defaults = ["Q4_K_M", "Q8_0"]

    /// - Parameter files: the repository's.
    /// - Throws: ``HubError`` if nothing fits, with what there is.
    init(_ reference: HubReference, among files: [HubFile]) throws(HubError) {
        let models = Self.models(among: files)
        guard let first = models.first else {
            throw .noGGUF(repository: reference.repository, others: Self.otherFormats(files))
        }
        let usual = Self.defaults.lazy.compactMap { Self.fitting($0, models).first }.first ?? first
        let fitting = reference.selection.map { Self.fitting($0, models) } ?? [usual]
        guard let chosen = fitting.first else {
            throw .noSuchFile(
                repository: reference.repository, asked: reference.selection ?? "", found: Self.menu(models))
        }
        if let missing = chosen.missing { throw .missingPart(repository: reference.repository, file: missing) }
        self.files = chosen.files
        label = Self.label(of: chosen, among: models)
        isDefault = chosen.files == usual.files
        alternatives = fitting.dropFirst().map { $0.files[0].path }
    }

    /// The parts of one model.
    private struct Model {
        var name: GGUFFileName
        var files: [HubFile]

        /// The path of the first part that isn't there.
        var missing: String? {
            guard let part = GGUFPartName(files[0].path), part.count == name.partCount else { return nil }
            return (1...part.count).lazy.map(part.path(ofPart:)).first { path in !files.contains { $0.path == path } }
        }

        /// The format that its name or its folder's says.
        var quantization: String? { name.quantization ?? GGUFFileName.quantization(in: name.folder) }
        var bytes: Int { files.reduce(0) { $0 + $1.bytes } }
    }

    /// In the order of their paths.
    private static func models(among files: [HubFile]) -> [Model] {
        var models: [Model] = []
        var places: [String: Int] = [:]
        for file in files.sorted(by: { $0.path < $1.path }) {
            guard let name = GGUFFileName(path: file.path), !name.isSupplement,
                !name.stem.lowercased().contains("mmproj")
            else { continue }
            let key = "\(name.folder)/\(name.stem) \(name.partCount)"
            if name.partCount > 1, let place = places[key] {
                models[place].files.append(file)
            } else {
                places[key] = models.count
                models.append(Model(name: name, files: [file]))
            }
        }
        return models
    }

    /// The models that a format or a file's name means; where one fits exactly, only those that do.
    private static func fitting(_ asked: String, _ models: [Model]) -> [Model] {
        let asked = asked.lowercased()
        if asked.hasSuffix(".gguf") {
            let exact = models.filter { $0.files.contains { $0.path.lowercased() == asked } }
            return exact.isEmpty
                ? models.filter { $0.files.contains { $0.path.lowercased().hasSuffix("/" + asked) } } : exact
        }
        let formats = [asked, "ud-" + asked]
        for format in formats {
            let exact = models.filter { $0.quantization?.lowercased() == format }
            if !exact.isEmpty { return exact }
        }
        return models.filter { $0.name.stem.lowercased() == asked || hasWord(asked, in: $0.files[0].path.lowercased()) }
    }

    /// Whether a word stands in a path with separators around it.
    private static func hasWord(_ word: String, in path: String) -> Bool {
        path.ranges(of: word).contains { range in
            let before = range.lowerBound == path.startIndex ? "/" : path[path.index(before: range.lowerBound)]
            let after = range.upperBound == path.endIndex ? "/" : path[range.upperBound]
            return "-._/".contains(before) && "-./".contains(after)
        }
    }

    private static func label(of model: Model, among models: [Model]) -> String {
        guard let quantization = model.quantization,
            models.count(where: { $0.quantization == quantization }) == 1
        else { return model.files[0].path }
        return quantization
    }

    private static func menu(_ models: [Model]) -> [String] {
        let shown = 40
        let entries = models.prefix(shown).map { model in
            let parts = model.files.count > 1 ? " in \(model.files.count) files" : ""
            return "\(label(of: model, among: models)) (\(ByteSize.text(model.bytes))\(parts))"
        }
        return entries + (models.count > shown ? ["\(models.count - shown) more"] : [])
    }

    /// What a repository without a GGUF file has its weights in.
    private static func otherFormats(_ files: [HubFile]) -> [String] {
        let endings = [".safetensors", ".bin", ".pt", ".pth", ".onnx", ".h5", ".msgpack", ".ggml", ".mlmodel"]
        return endings.filter { ending in files.contains { $0.path.lowercased().hasSuffix(ending) } }
    }
}
