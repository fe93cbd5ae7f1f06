/// A family of encoders: as ``Architecture``, without a next token.
///
/// A new one is a file beside this one and a line in ``EncoderArchitectures/all``.
protocol EncoderArchitecture: Sendable {
    /// The values of `general.architecture` that name it.
    static var identifiers: [String] { get }
    /// How the family is written in Hugging Face folders.
    static var huggingFace: HuggingFaceLayout { get }

    /// Reads and checks everything that a pass will need.
    /// - Throws: ``ModelError`` or ``GGUFError``, naming file, key or tensor.
    init(_ source: ModelSource) throws

    var shape: ModelShape { get }
    var encoder: Encoder { get }
    var head: EncoderHead { get }
}

/// The encoders there are.
enum EncoderArchitectures {
    static let all: [any EncoderArchitecture.Type] = [
        BERT.self
    ]

    /// The layout of a folder's family.
    /// - Throws: ``ModelError/notAnEncoder(path:found:)``.
    static func layout(of folder: HuggingFaceCheckpoint) throws(ModelError) -> HuggingFaceLayout {
        let type = folder.config.modelType ?? ""
        guard let layout = all.map({ $0.huggingFace }).first(where: { $0.types[type] != nil }) else {
            throw .notAnEncoder(path: folder.path, found: type)
        }
        return layout
    }
}
