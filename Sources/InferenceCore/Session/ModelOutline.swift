/// What a model's file says of itself before anything of it is computed: read from the header alone, whatever the size
/// of the file. Of a file that can't be run here too; ``obstacle`` says why.
public struct ModelOutline: Sendable, Equatable, Codable {
    public enum Kind: String, Sendable, Equatable, Codable {
        /// Writes text.
        case decoder
        /// Makes vectors or labels of texts.
        case encoder
    }

    /// `general.name`; nil where there is none. Safe to show.
    public var name: String?
    /// `general.architecture`, such as "qwen2"; of a folder whose family isn't known, its `model_type`. Safe to show.
    public var architecture: String
    /// Nil where the architecture isn't known here.
    public var kind: Kind?
    /// Weights in all.
    public var parameters: Int
    /// The mix that the file says it is, else the format of most of its bytes: "Q4_K_M", "F16".
    public var format: String
    /// Tokens that the model was trained to see at once.
    public var contextLength: Int?
    /// Bytes that one token takes in a KV cache of F16, all layers together; 0 for encoders and where it isn't known.
    public var cacheBytesPerToken: Int
    /// Of the file, or of a folder's weights.
    public var bytes: Int
    /// Why it can't be run here; nil where nothing in the header speaks against it.
    public var obstacle: String?

    /// Reads the header of a GGUF file, or those of a Hugging Face folder's weights.
    /// - Throws: ``GGUFError`` or ``SafetensorsError`` where it can't be read or is damaged.
    public init(path: String) throws {
        if HuggingFaceCheckpoint.exists(at: path) {
            try self.init(HuggingFaceCheckpoint(path: path))
        } else {
            self.init(try GGUFFile(path: path))
        }
    }

    /// Reads the headers of a split file's parts, in their order.
    public init(parts: [String]) throws {
        guard let first = parts.first else { preconditionFailure("a file has at least one part") }
        let file = try GGUFFile(path: first)
        self.init(file)
        let total = try? file.metadata.integerIfPresent("split.tensors.count")
        guard file.tensors.count != total else { return }
        for part in parts.dropFirst() {
            let other = ModelOutline(try GGUFFile(path: part))
            parameters = Self.sum(parameters, other.parameters)
            bytes = Self.sum(bytes, other.bytes)
        }
    }

    private init(_ file: GGUFFile) {
        let metadata = file.metadata
        let architecture = Self.text(metadata, "general.architecture")
        self.init(metadata, architecture: architecture ?? "", kind: architecture.flatMap { Self.kind(of: $0) })
        bytes = file.byteCount
        parameters = file.tensors.reduce(0) { Self.sum($0, $1.elementCount) }
        let type = (try? metadata.integerIfPresent("general.file_type")) ?? nil
        format =
            type.flatMap { Checkpoint.fileTypes[$0] }
            ?? Self.commonest(file.tensors.map { ($0.formatName, $0.byteCount ?? 0) })
        if let kind = Self.text(metadata, "general.type"), kind != "model" {
            obstacle = "the file says that it is '\(kind)', not a model"
        } else if architecture == nil {
            obstacle = "the file names no architecture: it isn't a model, or not its first part"
        } else if obstacle == nil, let tensor = file.tensors.first(where: { $0.byteCount == nil }) {
            obstacle = "its tensors of \(tensor.formatName) can't be computed with here"
        }
    }

    private init(_ folder: HuggingFaceCheckpoint) throws {
        let type = folder.config.modelType ?? ""
        if let layout = (try? Architectures.layout(of: folder)) ?? (try? EncoderArchitectures.layout(of: folder)) {
            let family = layout.types[type] ?? type
            self.init(try folder.config.metadata(layout), architecture: family, kind: Self.kind(of: family))
        } else {
            self.init(GGUFMetadata(path: folder.path), architecture: type.visible(), kind: nil)
        }
        let tensors = folder.tensors
        parameters = tensors.reduce(0) { Self.sum($0, $1.shape.reduce(1, Self.product)) }
        format = Self.commonest(tensors.map { ($0.type.visible(), $0.range.count) })
        bytes = tensors.reduce(0) { Self.sum($0, $1.range.count) }
    }

    private init(_ metadata: GGUFMetadata, architecture: String, kind: Kind?) {
        self.architecture = architecture
        self.kind = kind
        name = Self.text(metadata, "general.name")
        contextLength = Self.integer(metadata, "\(architecture).context_length", in: 1...1 << 30)
        cacheBytesPerToken = kind == .decoder ? Self.cacheBytes(metadata, architecture) : 0
        (parameters, bytes, format) = (0, 0, "")
        if kind == nil { obstacle = "its architecture '\(architecture)' isn't known here" }
    }

    private static func kind(of architecture: String) -> Kind? {
        if Architectures.all.contains(where: { $0.identifiers.contains(architecture) }) { return .decoder }
        return EncoderArchitectures.all.contains { $0.identifiers.contains(architecture) } ? .encoder : nil
    }

    // MARK: Values that a damaged file may have wrong

    private static func text(_ metadata: GGUFMetadata, _ key: String) -> String? {
        ((try? metadata.stringIfPresent(key)) ?? nil).map { String($0.prefix(200)).visible() }
    }

    private static func integer(_ metadata: GGUFMetadata, _ key: String, in range: ClosedRange<Int>) -> Int? {
        ((try? metadata.integerIfPresent(key)) ?? nil).flatMap { range.contains($0) ? $0 : nil }
    }

    /// Keys and values of all layers, two bytes each. Layers that see only a window are counted in full.
    private static func cacheBytes(_ metadata: GGUFMetadata, _ prefix: String) -> Int {
        func value(_ name: String) -> Int? { integer(metadata, "\(prefix).\(name)", in: 1...1 << 20) }
        guard let layers = integer(metadata, "\(prefix).block_count", in: 1...1 << 12),
            let heads = value("attention.head_count")
        else { return 0 }
        let size = value("attention.key_length") ?? (value("embedding_length") ?? 0) / heads
        let width = size + (value("attention.value_length") ?? size)
        return 2 * layers * (value("attention.head_count_kv") ?? heads) * width
    }

    private static func commonest(_ formats: [(name: String, bytes: Int)]) -> String {
        var totals: [String: Int] = [:]
        for (name, bytes) in formats { totals[name] = sum(totals[name] ?? 0, bytes) }
        return totals.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? ""
    }

    private static func sum(_ left: Int, _ right: Int) -> Int {
        let (sum, overflow) = left.addingReportingOverflow(right)
        return overflow ? .max : sum
    }

    private static func product(_ left: Int, _ right: Int) -> Int {
        let (product, overflow) = left.multipliedReportingOverflow(by: right)
        return overflow ? .max : product
    }
}
