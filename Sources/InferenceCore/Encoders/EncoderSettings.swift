/// How the states of a text's tokens become one vector.
public enum Pooling: String, Sendable {
    case mean
    /// The first token's state alone.
    case cls
    /// The last token's state alone.
    case last
}

/// What a model's files say of the use of its states.
struct EncoderSettings: Sendable {
    var pooling = Pooling.mean
    var normalizesVectors = true
    var longestText: Int?
    var labels: [String] = []

    init() {}

    /// `pooling_type` as llama.cpp numbers it; vectors are normalized, as its server does.
    init(metadata: GGUFMetadata) throws {
        let prefix = try metadata.string("general.architecture")
        switch try metadata.integerIfPresent("\(prefix).pooling_type") {
        case 2: pooling = .cls
        case 3: pooling = .last
        default: pooling = .mean
        }
        if let names = try metadata.stringsIfPresent("\(prefix).classifier.output_labels") {
            labels = withExtendedLifetime(names) {
                (0..<names.count).map { String(decoding: names.utf8(at: $0), as: UTF8.self) }
            }
        }
    }

    /// `modules.json` and its modules' settings where sentence-transformers wrote the folder, and config.json's labels.
    init(folder: HuggingFaceCheckpoint) throws {
        let modules = (try? HuggingFaceCheckpoint.json("\(folder.path)/modules.json"))?.arrayValue ?? []
        for module in modules {
            let path = module["path"]?.stringValue ?? ""
            guard module["type"]?.stringValue?.hasSuffix("Pooling") == true, !path.contains("..") else { continue }
            let settings = try HuggingFaceCheckpoint.json("\(folder.path)/\(path)/config.json")
            if settings["pooling_mode_cls_token"] == .boolean(true) { pooling = .cls }
            if settings["pooling_mode_lasttoken"] == .boolean(true) { pooling = .last }
        }
        if !modules.isEmpty {
            normalizesVectors = modules.contains { $0["type"]?.stringValue?.hasSuffix("Normalize") == true }
        }
        let sentences = try? HuggingFaceCheckpoint.json("\(folder.path)/sentence_bert_config.json")
        if case .integer(let longest)? = sentences?["max_seq_length"] { longestText = longest }
        let names = folder.config["id2label"]?.objectValue ?? JSONObject()
        labels = names.members.compactMap { member in
            Int(member.name).flatMap { index in member.value.stringValue.map { (index, $0) } }
        }
        .sorted { $0.0 < $1.0 }.map(\.1)
    }
}
