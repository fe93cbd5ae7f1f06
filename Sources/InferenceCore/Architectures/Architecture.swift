/// A family of models: reads its hyperparameters from a file's metadata, and binds its tensors.
///
/// A new one is a file beside this one and a line in ``Architectures/all``.
protocol Architecture: Sendable {
    /// The values of `general.architecture` that name it.
    static var identifiers: [String] { get }
    /// How the family is written in Hugging Face folders.
    static var huggingFace: HuggingFaceLayout { get }

    /// Reads and checks everything that a pass will need.
    /// - Throws: ``ModelError`` or ``GGUFError``, naming file, key or tensor.
    init(_ source: ModelSource) throws

    var shape: ModelShape { get }
    var decoder: Decoder { get }
}

/// The architectures there are.
enum Architectures {
    static let all: [any Architecture.Type] = [
        Gemma.self,
        Gemma2.self,
        Gemma3.self,
        GPT2.self,
        Granite.self,
        Llama.self,
        OLMo2.self,
        Phi2.self,
        Phi3.self,
        Qwen2.self,
        Qwen2MoE.self,
        Qwen3.self,
        StableLM.self,
        StarCoder2.self,
    ]

    /// The layout of a folder's family.
    /// - Throws: ``ModelError/unknownArchitecture(path:found:)``.
    static func layout(of folder: HuggingFaceCheckpoint) throws(ModelError) -> HuggingFaceLayout {
        let type = folder.config.modelType ?? ""
        guard let layout = all.map({ $0.huggingFace }).first(where: { $0.types[type] != nil }) else {
            throw .unknownArchitecture(path: folder.path, found: type)
        }
        return layout
    }
}
