/// What is told about a model.
extension Checkpoint {
    /// The value of `general.architecture`, such as "qwen2".
    var architectureName: String {
        (try? metadata.string("general.architecture")) ?? ""
    }

    /// Weights in all.
    var parameterCount: Int {
        names.reduce(0) { $0 + (self[$1]?.shape.reduce(1, *) ?? 0) }
    }

    /// The format that most of the weights' bytes are in, or the mix that the file says it is: "Q4_1", "Q4_K_M".
    var formatName: String {
        if let type = try? metadata.integerIfPresent("general.file_type"), let name = Self.fileTypes[type] {
            return name
        }
        var bytes: [UInt32: Int] = [:]
        for tensor in names.compactMap({ self[$0] }) {
            bytes[tensor.formatID, default: 0] += tensor.bytes.count
        }
        return bytes.max { $0.value < $1.value }.map { TensorFormat.name(ofID: $0.key) } ?? ""
    }

    /// Values of `general.file_type`. Source: the GGUF specification.
    static let fileTypes = [
        0: "F32", 1: "F16", 2: "Q4_0", 3: "Q4_1", 7: "Q8_0", 8: "Q5_0", 9: "Q5_1", 10: "Q2_K", 11: "Q3_K_S",
        12: "Q3_K_M", 13: "Q3_K_L", 14: "Q4_K_S", 15: "Q4_K_M", 16: "Q5_K_S", 17: "Q5_K_M", 18: "Q6_K", 25: "IQ4_NL",
        30: "IQ4_XS", 32: "BF16", 38: "MXFP4",
    ]
}
