/// Which format each tensor gets.
extension Quantizer {
    struct Step {
        let source: GGUFTensor
        let target: GGUFOutput.Tensor
        let isFallback: Bool
        var isCopy: Bool { source.formatID == target.format.id }
    }

    func plan() -> [Step] {
        // Files list blocks in any order; a place is a block's.
        let blocks = Dictionary(grouping: file.tensors.filter(Self.isQuantized), by: { Self.group($0.name) })
            .mapValues { Set($0.map { Self.block($0.name) }).sorted() }
        let shape = shape
        let hasOutput = file.tensor(named: "output.weight") != nil
        return file.tensors.compactMap { tensor in
            guard let source = TensorFormat(id: tensor.formatID) else { return nil }
            func step(_ format: TensorFormat, isFallback: Bool) -> Step {
                let target = GGUFOutput.Tensor(name: tensor.name, shape: tensor.shape, format: format)
                return Step(source: tensor, target: target, isFallback: isFallback)
            }
            guard Self.isQuantized(tensor) else { return step(source, isFallback: false) }
            let kind = Self.kind(tensor.name)
            let places = blocks[Self.group(tensor.name)] ?? []
            let place = QuantizationMix.Place(
                kind: kind, index: places.firstIndex(of: Self.block(tensor.name)) ?? 0, count: places.count,
                isOutput: kind == "output" || (kind == "token_embd" && !hasOutput))
            let (format, isFallback) = Self.format(mix.format(place, of: shape), columns: tensor.shape[0])
            return step(format ?? source, isFallback: isFallback)
        }
    }

    private var shape: QuantizationMix.Shape {
        // What isn't there, or differs from block to block, speaks for no more bits.
        func number(_ key: String) -> Int? {
            guard let prefix = try? file.metadata.stringIfPresent("general.architecture") else { return nil }
            return (try? file.metadata.integerIfPresent("\(prefix).\(key)")).flatMap { $0 }
        }
        var shape = QuantizationMix.Shape(experts: number("expert_count") ?? 0, blocks: number("block_count") ?? 0)
        if let heads = number("attention.head_count"), let keys = number("attention.head_count_kv"), keys > 0 {
            shape.queriesPerKey = heads / keys
        }
        return shape
    }

    /// The wanted format, or one with shorter blocks where a row isn't a whole number of them; nil to leave the tensor.
    private static func format(_ wanted: String, columns: Int) -> (TensorFormat?, isFallback: Bool) {
        var name = Optional(wanted)
        while let candidate = name {
            if let format = TensorFormat(name: candidate), columns % format.blockSize == 0 {
                return (format, candidate != wanted)
            }
            name = QuantizationMix.fallback(for: candidate)
        }
        return (nil, true)
    }

    /// "blk.3.attn_v.weight" is an "attn_v".
    private static func kind(_ name: String) -> String {
        var parts = name.split(separator: ".")
        if parts.first == "blk" { parts.removeFirst(min(2, parts.count)) }
        if parts.count > 1 { parts.removeLast() }
        return parts.joined(separator: ".")
    }

    /// Tensors whose blocks are counted together.
    private static func group(_ name: String) -> String {
        let kind = kind(name)
        return QuantizationMix.isValueLike(kind) ? "attn_v" : kind
    }

    /// The block's number; 0 outside of blocks.
    private static func block(_ name: String) -> Int {
        let parts = name.split(separator: ".")
        return parts.first == "blk" && parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    }

    /// Parts of names of matrices that are small or delicate: routers, positions, convolutions, gates of state.
    private static let exact = [
        "_norm.weight", "ffn_gate_inp", "ffn_gate_tid2eid", "position_embd", "token_types", "attn_rel_b", "altup",
        "laurel", "per_layer_model_proj", "ssm_conv1d", "shortconv.conv", "time_mix_", "cls.", "patch_embd", "rel_pos",
    ]

    /// Matrices of weights; norms, biases and what is named above stay as they are.
    static func isQuantized(_ tensor: GGUFTensor) -> Bool {
        tensor.shape.dropFirst().contains { $0 > 1 } && tensor.name.hasSuffix("weight")
            && !exact.contains { tensor.name.contains($0) }
    }
}
