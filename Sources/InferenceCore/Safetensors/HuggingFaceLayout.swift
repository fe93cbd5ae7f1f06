/// How a family of models is written in Hugging Face folders: what `config.json` calls it, and what its tensors and
/// hyperparameters are called there and in GGUF files.
struct HuggingFaceLayout: Sendable {
    /// What has to be done to a tensor.
    enum Change: Sendable, Equatable {
        /// Its rows and columns are exchanged.
        case transposed
        /// The files hold what is to be added to 1.
        case addedToOne
    }

    /// One tensor or several; `#` stands for a block's number, `*` for an expert's or a head's.
    struct Name: Sendable {
        let original: String
        let name: String
        var change: Change?

        init(_ original: String, _ name: String, _ change: Change? = nil) {
            self.original = original
            self.name = name
            self.change = change
        }
    }

    /// The value of `model_type` in config.json, by the value of `general.architecture` that it stands for.
    let types: [String: String]
    let names: [Name]
    /// Keys of config.json by their keys under the architecture's prefix, besides those that all have.
    var keys: [String: String] = [:]
    /// Values for keys that config.json may leave out.
    var defaults: [String: Double] = [:]
}

extension HuggingFaceLayout {
    /// The layout of Llama and most of its relatives.
    static func decoder(
        _ types: [String: String], norms: [Name] = [Name("post_attention_layernorm", "ffn_norm")],
        names more: [Name] = [], keys: [String: String] = [:], defaults: [String: Double] = [:], change: Change? = nil
    ) -> HuggingFaceLayout {
        let block = [
            Name("self_attn.q_proj", "attn_q"), Name("self_attn.k_proj", "attn_k"), Name("self_attn.v_proj", "attn_v"),
            Name("self_attn.o_proj", "attn_output"), Name("mlp.gate_proj", "ffn_gate"), Name("mlp.up_proj", "ffn_up"),
            Name("mlp.down_proj", "ffn_down"), Name("input_layernorm", "attn_norm", change),
            Name("self_attn.q_norm", "attn_q_norm", change), Name("self_attn.k_norm", "attn_k_norm", change),
        ]
        let normed = norms.map { Name($0.original, $0.name, change) }
        let inBlocks = (block + normed + more).map {
            Name("model.layers.#.\($0.original)", "blk.#.\($0.name)", $0.change)
        }
        let outside = [
            Name("model.embed_tokens", "token_embd"), Name("model.norm", "output_norm", change),
            Name("lm_head", "output"),
        ]
        return HuggingFaceLayout(types: types, names: outside + inBlocks, keys: keys, defaults: defaults)
    }

    /// Norms behind each branch as well as before it.
    static let fourNorms = [
        Name("post_attention_layernorm", "post_attention_norm"), Name("pre_feedforward_layernorm", "ffn_norm"),
        Name("post_feedforward_layernorm", "post_ffw_norm"),
    ]
}
