/// A family of models: reads its hyperparameters from a file's metadata, binds its tensors, runs a pass.
///
/// A new one is a file beside this one and a line in ``Architectures/all``.
protocol Architecture: Sendable {
    /// The values of `general.architecture` that name it.
    static var identifiers: [String] { get }

    /// Reads and checks everything that a pass will need.
    /// - Throws: ``ModelError`` or ``GGUFError``, naming file, key or tensor.
    init(_ source: ModelSource) throws

    var shape: ModelShape { get }
    var rotations: [RotaryEmbedding] { get }

    /// Computes a chunk of `pass.count` tokens.
    /// - Throws: `CancellationError`.
    func forward(_ pass: borrowing Pass, tokens: UnsafePointer<TokenID>) throws
}

/// The architectures there are.
enum Architectures {
    static let all: [any Architecture.Type] = [
        Llama.self,
        Qwen2.self,
        Gemma3.self,
    ]
}
