/// What is told about the model.
extension TextEncoder {
    /// Bytes of its files.
    public var byteCount: Int { weights.checkpoint.byteCount }

    /// The value of `general.architecture`, such as "bert".
    public var architectureName: String { weights.checkpoint.architectureName }

    /// Weights in all.
    public var parameterCount: Int { weights.checkpoint.parameterCount }

    /// The format that most of the weights' bytes are in, or the mix that the file says it is.
    public var formatName: String { weights.checkpoint.formatName }
}
