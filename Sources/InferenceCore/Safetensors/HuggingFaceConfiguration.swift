#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// What `config.json` says of a model, translated into the keys of GGUF files.
struct HuggingFaceConfiguration {
    /// Of config.json.
    let path: String
    /// All members, those of `text_config` in models that see images too.
    private let values: JSONValue
    /// `rope_parameters` or `rope_scaling`.
    private let rotation: JSONValue

    init(path: String, values: JSONValue) {
        self.path = path
        self.values = values["text_config"].map { text in text["hidden_size"] == nil ? values : text } ?? values
        let nested = self.values["rope_parameters"] ?? self.values["rope_scaling"] ?? .null
        // Models with two kinds of layers have the parameters of both.
        rotation = nested["full_attention"] ?? nested
    }

    var modelType: String? { values["model_type"]?.stringValue }
    subscript(key: String) -> JSONValue? { values[key] }

    /// Keys of GGUF files by their names here: the first that is there counts.
    private static let integers: [(key: String, names: [String])] = [
        ("embedding_length", ["hidden_size", "n_embd", "dim"]),
        ("block_count", ["num_hidden_layers", "n_layer", "n_layers"]),
        ("attention.head_count", ["num_attention_heads", "n_head", "n_heads"]),
        ("attention.head_count_kv", ["num_key_value_heads"]),
        ("feed_forward_length", ["intermediate_size", "n_inner", "hidden_dim"]),
        ("context_length", ["max_position_embeddings", "n_positions", "n_ctx"]),
        ("attention.key_length", ["head_dim"]),
        ("attention.value_length", ["head_dim"]),
        ("expert_count", ["num_local_experts", "num_experts"]),
        ("expert_used_count", ["num_experts_per_tok"]),
        ("expert_feed_forward_length", ["moe_intermediate_size"]),
        ("expert_shared_feed_forward_length", ["shared_expert_intermediate_size"]),
        ("attention.sliding_window_pattern", ["sliding_window_pattern", "_sliding_window_pattern"]),
    ]
    private static let numbers: [(key: String, names: [String])] = [
        ("attention.layer_norm_rms_epsilon", ["rms_norm_eps"]),
        ("attention.layer_norm_epsilon", ["layer_norm_eps", "layer_norm_epsilon", "norm_epsilon", "norm_eps"]),
        ("attn_logit_softcapping", ["attn_logit_softcapping"]),
        ("final_logit_softcapping", ["final_logit_softcapping"]),
        ("rope.local.freq_base", ["rope_local_base_freq"]),
    ]

    /// The hyperparameters under the keys of GGUF files.
    /// - Throws: ``SafetensorsError`` for scalings of the rotation that aren't known.
    func metadata(_ layout: HuggingFaceLayout) throws(SafetensorsError) -> GGUFMetadata {
        let architecture = modelType.flatMap { layout.types[$0] } ?? ""
        var metadata = GGUFMetadata(path: path)
        _ = metadata.append(.string(GGUFString(architecture)), key: "general.architecture")
        func set(_ key: String, _ value: GGUFValue?) {
            if let value { _ = metadata.append(value, key: "\(architecture).\(key)") }
        }
        for (key, names) in Self.integers { set(key, integer(names).map { .uint64(UInt64(max(0, $0))) }) }
        if integer(["intermediate_size", "n_inner", "hidden_dim"]) == nil, let width = integer(["n_embd"]) {
            set("feed_forward_length", .uint64(UInt64(max(0, width)) &* 4))
        }
        for (key, names) in Self.numbers { set(key, number(names).map { .float32(Float($0)) }) }
        for (key, name) in layout.keys { set(key, number([name]).map { .float32(Float($0)) }) }
        for (key, value) in layout.defaults { set(key, .float32(Float(value))) }
        if let width = number(["query_pre_attn_scalar"]), width > 0 {
            set("attention.scale", .float32(Float(1 / width.squareRoot())))
        }
        if values["use_sliding_window"] != .boolean(false), let window = integer(["sliding_window"]), window > 0 {
            set("attention.sliding_window", .uint64(UInt64(window)))
        }
        if case .boolean(let normalizes)? = values["norm_topk_prob"] {
            set("expert_weights_norm", .bool(normalizes))
        }
        for (key, value) in try rotationMetadata() { set(key, value) }
        return metadata
    }

    // MARK: Rotation

    private func rotationMetadata() throws(SafetensorsError) -> [(String, GGUFValue)] {
        var result: [(String, GGUFValue)] = []
        if let base = Self.number(rotation["rope_theta"]) ?? number(["rope_theta", "rotary_emb_base"]) {
            result.append(("rope.freq_base", .float32(Float(base))))
        }
        let headSize =
            integer(["head_dim"])
            ?? integer(["hidden_size"]).flatMap { width in
                integer(["num_attention_heads"]).map { width / max(1, $0) }
            }
        if let share = Self.number(rotation["partial_rotary_factor"]) ?? number(["partial_rotary_factor", "rope_pct"]),
            let headSize, (0...1).contains(share)
        {
            result.append(("rope.dimension_count", .uint64(UInt64(share * Double(max(0, headSize))))))
        }
        let kind = rotation["rope_type"]?.stringValue ?? rotation["type"]?.stringValue ?? "default"
        let factor = Self.number(rotation["factor"])
        let trained =
            Self.number(rotation["original_max_position_embeddings"])
            ?? number(["original_max_position_embeddings"])
        if let trained, trained >= 1, trained < 1e9 {
            result.append(("rope.scaling.original_context_length", .uint64(UInt64(trained))))
        }
        func set(_ key: String, _ value: Double?) {
            if let value { result.append(("rope.scaling.\(key)", .float32(Float(value)))) }
        }
        switch kind {
        case "default": break
        case "linear", "llama3", "yarn":
            result.append(("rope.scaling.type", .string(GGUFString(kind))))
            set("factor", factor)
            set("low_freq_factor", Self.number(rotation["low_freq_factor"]))
            set("high_freq_factor", Self.number(rotation["high_freq_factor"]))
            set("yarn_beta_fast", Self.number(rotation["beta_fast"]))
            set("yarn_beta_slow", Self.number(rotation["beta_slow"]))
            if kind == "yarn", let factor, let attention = Self.number(rotation["attention_factor"]) {
                set("attn_factor", attention / RotaryScaling.yarnMagnitude(factor: factor))
            }
        case "longrope", "su":
            set("attn_factor", longMagnitude(trained: trained))
        default:
            throw SafetensorsError(
                path: path, field: "rope_scaling", expected: "linear, llama3, yarn or longrope", found: kind,
                remedy: "this way of stretching the context is not supported; choose another model")
        }
        return result
    }

    /// What LongRoPE multiplies cosines and sines by (Ding et al. 2024).
    private func longMagnitude(trained: Double?) -> Double {
        if let factor = Self.number(rotation["attention_factor"]) { return factor }
        guard let trained, trained > 1, let context = number(["max_position_embeddings"]), context > trained else {
            return 1
        }
        return (1 + log(context / trained) / log(trained)).squareRoot()
    }

    /// Divisors of LongRoPE's frequencies, under the names of the tensors that GGUF files have for them.
    var rotationFactors: [(name: String, values: [Double])] {
        [("rope_factors_short.weight", "short_factor"), ("rope_factors_long.weight", "long_factor")].compactMap {
            name, key in
            rotation[key]?.arrayValue.map { (name, $0.compactMap(Self.number)) }
        }
    }

    // MARK: Values

    private func integer(_ names: [String]) -> Int? {
        for name in names {
            if case .integer(let value)? = values[name] { return value }
        }
        return nil
    }

    private func number(_ names: [String]) -> Double? {
        for name in names {
            if let value = Self.number(values[name]) { return value }
        }
        return nil
    }

    private static func number(_ value: JSONValue?) -> Double? {
        switch value {
        case .integer(let integer): Double(integer)
        case .double(let double): double
        default: nil
        }
    }
}
