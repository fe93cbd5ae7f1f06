import InferenceCore

/// A language model of a few ten thousand seeded parameters in a GGUF file, with the keys and tensors that
/// llama.cpp's converters write, so that the whole engine can be tested in milliseconds.
public struct TinyModel: Sendable {
    public enum Architecture: String, Sendable, CaseIterable {
        case llama
        case qwen2
        case gemma3
    }

    /// Something to get wrong on purpose.
    public enum Defect: Sendable, Equatable {
        /// `general.architecture` names one that doesn't exist.
        case unknownArchitecture(String)
        case missingKey(String)
        case replacedKey(String, GGUFWriter.Value)
        case missingTensor(String)
        /// The tensor has these sizes instead of its own.
        case wrongShape(tensor: String, [UInt64])
        /// The tensor's format has this number.
        case unknownFormat(tensor: String, id: UInt32)
    }

    /// Encodes a tensor's values, rows of `rowLength`; nil leaves it in 32-bit floats.
    public typealias Encoding =
        @Sendable (_ name: String, _ values: [Float], _ rowLength: Int) -> (formatID: UInt32, contents: [UInt8])?

    public var architecture: Architecture
    public var seed: UInt64
    /// Gemma's sixth layer is the first one that sees the whole context, so it has six.
    public var layers: Int
    /// Other formats than F32 need rows of whole blocks: 256 values for the K formats.
    public var embedding = 64
    public var heads = 4
    public var keyValueHeads = 2
    public var headSize = 16
    public var feedForward = 128
    public var contextLength = 256
    /// Gemma only.
    public var slidingWindow = 8
    /// Whether `token_embd.weight` is the output matrix too.
    public var hasTiedOutput: Bool
    /// A template in Jinja; by default a short one for the architectures with a byte-pair vocabulary.
    public var chatTemplate: String?
    public var encode: Encoding?
    public var defects: [Defect] = []

    public init(_ architecture: Architecture = .llama, seed: UInt64 = 1) {
        self.architecture = architecture
        self.seed = seed
        layers = architecture == .gemma3 ? 6 : 2
        hasTiedOutput = architecture != .qwen2
        chatTemplate = architecture == .gemma3 ? nil : Self.chatTemplate
    }

    /// Messages between `<|im_start|>` and `<|im_end|>`.
    public static let chatTemplate = """
        {% for message in messages %}<|im_start|>{{ message['role'] }}\\n{{ message['content'] }}<|im_end|>\\n\
        {% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\\n{% endif %}
        """.replacing("\\n", with: "{{ '\\n' }}")

    public var vocabularySize: Int {
        architecture == .gemma3
            ? TinyVocabulary.sentencePiece().tokens.count
            : TinyVocabulary.bytePair(controlTokensFirst: true).tokens.count
    }

    /// The model's file in memory, defects included.
    public func writer() -> GGUFWriter {
        var writer = GGUFWriter()
        appendMetadata(to: &writer)
        appendTensors(to: &writer)
        for defect in defects { defect.apply(to: &writer) }
        return writer
    }

    /// Opens the model without a file on disk.
    public func open() throws -> GGUFFile {
        try GGUFFile(mapping: MappedFile(copying: writer().bytes, path: "tiny-\(architecture.rawValue).gguf"))
    }

    /// Writes the model into a folder and returns its path.
    public func write(to folder: TemporaryFolder, as name: String? = nil) throws -> String {
        try folder.write(writer().bytes, as: name ?? "tiny-\(architecture.rawValue).gguf")
    }
}

extension TinyModel.Defect {
    fileprivate func apply(to writer: inout GGUFWriter) {
        switch self {
        case .unknownArchitecture(let name): writer["general.architecture"] = .string(name)
        case .missingKey(let key): writer[key] = nil
        case .replacedKey(let key, let value): writer[key] = value
        case .missingTensor(let name): writer.tensors.removeAll { $0.name == name }
        case .wrongShape(let name, let shape):
            for index in writer.tensors.indices where writer.tensors[index].name == name {
                let size = Int(shape.reduce(4, *))
                writer.tensors[index].shape = shape
                writer.tensors[index].contents = [UInt8](repeating: 0, count: size)
                writer.tensors[index].formatID = 0
            }
        case .unknownFormat(let name, let id):
            for index in writer.tensors.indices where writer.tensors[index].name == name {
                writer.tensors[index].formatID = id
            }
        }
    }
}
