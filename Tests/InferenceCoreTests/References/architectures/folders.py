"""How the tiny models are written in Hugging Face folders: config.json, the names of the tensors, and what becomes of their
values, as `transformers` has them."""

PLAIN = {
    "token_embd": "model.embed_tokens", "output_norm": "model.norm", "output": "lm_head",
    "attn_norm": "input_layernorm", "attn_q": "self_attn.q_proj", "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj", "attn_output": "self_attn.o_proj", "ffn_norm": "post_attention_layernorm",
    "ffn_gate": "mlp.gate_proj", "ffn_up": "mlp.up_proj", "ffn_down": "mlp.down_proj",
    "attn_q_norm": "self_attn.q_norm", "attn_k_norm": "self_attn.k_norm",
}
FOUR_NORMS = {
    **PLAIN, "post_attention_norm": "post_attention_layernorm", "ffn_norm": "pre_feedforward_layernorm",
    "post_ffw_norm": "post_feedforward_layernorm",
}
EXPERTS = {
    **PLAIN, "ffn_gate_inp": "mlp.gate", "ffn_gate_exps": "mlp.experts.*.gate_proj",
    "ffn_up_exps": "mlp.experts.*.up_proj", "ffn_down_exps": "mlp.experts.*.down_proj",
    "ffn_gate_inp_shexp": "mlp.shared_expert_gate", "ffn_gate_shexp": "mlp.shared_expert.gate_proj",
    "ffn_up_shexp": "mlp.shared_expert.up_proj", "ffn_down_shexp": "mlp.shared_expert.down_proj",
}
MIXTRAL = {
    **PLAIN, "ffn_gate_inp": "block_sparse_moe.gate", "ffn_gate_exps": "block_sparse_moe.experts.*.w1",
    "ffn_up_exps": "block_sparse_moe.experts.*.w3", "ffn_down_exps": "block_sparse_moe.experts.*.w2",
}
PHI2 = {
    **PLAIN, "output_norm": "model.final_layernorm", "attn_output": "self_attn.dense", "ffn_up": "mlp.fc1",
    "ffn_down": "mlp.fc2",
}
PHI3 = {**PLAIN, "attn_qkv": "self_attn.qkv_proj", "ffn_up": "mlp.gate_up_proj"}
GPT2 = {
    "token_embd": "transformer.wte", "position_embd": "transformer.wpe", "output_norm": "transformer.ln_f",
    "attn_norm": "ln_1", "attn_qkv": "attn.c_attn", "attn_output": "attn.c_proj", "ffn_norm": "ln_2",
    "ffn_up": "mlp.c_fc", "ffn_down": "mlp.c_proj",
}
STABLELM = {
    **PLAIN, "attn_q_norm": "self_attn.q_layernorm.norms.*", "attn_k_norm": "self_attn.k_layernorm.norms.*",
}
STARCODER2 = {**PLAIN, "ffn_up": "mlp.c_fc", "ffn_down": "mlp.c_proj"}
FAMILIES = {
    "llama": ("llama", PLAIN), "qwen2": ("qwen2", PLAIN), "qwen3": ("qwen3", PLAIN), "qwen3moe": ("qwen3_moe", EXPERTS),
    "qwen2moe": ("qwen2_moe", EXPERTS), "gemma": ("gemma", PLAIN), "gemma2": ("gemma2", FOUR_NORMS),
    "gemma3": ("gemma3_text", FOUR_NORMS), "granite": ("granite", PLAIN), "phi2": ("phi", PHI2), "phi3": ("phi3", PHI3),
    "gpt2": ("gpt2", GPT2), "stablelm": ("stablelm", STABLELM), "olmo2": ("olmo2", FOUR_NORMS),
    "starcoder2": ("starcoder2", STARCODER2),
}
# Of config.json, by their keys in GGUF files.
KEYS = {
    "block_count": "num_hidden_layers", "context_length": "max_position_embeddings", "embedding_length": "hidden_size",
    "feed_forward_length": "intermediate_size", "attention.head_count": "num_attention_heads",
    "attention.head_count_kv": "num_key_value_heads", "attention.layer_norm_rms_epsilon": "rms_norm_eps",
    "attention.layer_norm_epsilon": "layer_norm_eps", "rope.freq_base": "rope_theta", "attention.key_length": "head_dim",
    "attention.sliding_window": "sliding_window", "attn_logit_softcapping": "attn_logit_softcapping",
    "final_logit_softcapping": "final_logit_softcapping", "expert_used_count": "num_experts_per_tok",
    "expert_count": "num_experts", "expert_feed_forward_length": "moe_intermediate_size",
    "expert_shared_feed_forward_length": "shared_expert_intermediate_size", "embedding_scale": "embedding_multiplier",
    "residual_scale": "residual_multiplier", "attention.scale": "attention_multiplier", "logit_scale": "logits_scaling",
}
GPT2_KEYS = {
    "block_count": "n_layer", "context_length": "n_positions", "embedding_length": "n_embd",
    "feed_forward_length": "n_inner", "attention.head_count": "n_head",
    "attention.layer_norm_epsilon": "layer_norm_epsilon",
}


def config_of(model):
    architecture, keys = model.architecture, GPT2_KEYS if model.architecture == "gpt2" else KEYS
    config = {"model_type": FAMILIES[architecture][0]}
    for key, value in model.metadata.items():
        name = keys.get(key.removeprefix(f"{architecture}."))
        if name is not None:
            config[name] = value
    size = model["embedding_length"] // model["attention.head_count"]
    if f"{architecture}.rope.dimension_count" in model.metadata and architecture in ["phi2", "stablelm"]:
        config["partial_rotary_factor"] = model["rope.dimension_count"] / size
    if architecture == "qwen3moe":
        config["norm_topk_prob"] = True
    if model.name == "llama with experts":
        config["model_type"] = "mixtral"
        config["num_local_experts"] = config.pop("num_experts")
    if model.name == "llama with a window":
        config["model_type"] = "mistral"
    if architecture in ["gemma2", "gemma3"]:
        config["query_pre_attn_scalar"] = size
    if architecture == "gemma3":
        config["rope_local_base_freq"] = 10000.0
        config["sliding_window_pattern"] = 6
    config.update(model.folder)
    return config


def tensors_of(model):
    """Name, tensor that it is made from, and how: "less one", "transposed", "unpermuted" for so many heads, or part number
    so and so of the first dimension."""
    names = MIXTRAL if model.name == "llama with experts" else FAMILIES[model.architecture][1]
    result = []
    for tensor in model.tensors:
        if tensor.startswith(("rope_freqs", "rope_factors")):
            continue
        base, ending = tensor.rsplit(".", 1)
        prefix = ""
        if base.startswith("blk."):
            _, layer, base = base.split(".", 2)
            prefix = f"transformer.h.{layer}." if model.architecture == "gpt2" else f"model.layers.{layer}."
        if model.architecture == "phi2" and base == "attn_qkv":
            for index, part in enumerate(["q_proj", "k_proj", "v_proj"]):
                result.append({
                    "name": f"{prefix}self_attn.{part}.{ending}", "from": tensor, "change": "part", "part": index,
                    "parts": 3,
                })
            continue
        name, entry = names[base], {"from": tensor}
        if base.endswith("norm") and model.architecture.startswith("gemma"):
            entry["change"] = "less one"
        if model.architecture == "gpt2" and prefix and ending == "weight" and "norm" not in base:
            entry["change"] = "transposed"
        if model.architecture in ["llama", "granite"] and base in ["attn_q", "attn_k"]:
            entry["change"] = "unpermuted"
            entry["heads"] = model["attention.head_count" + ("" if base == "attn_q" else "_kv")]
        if "*" in name:
            count = model.tensors[tensor].shape[0]
            for index in range(count):
                result.append({
                    "name": f"{prefix}{name.replace('*', str(index))}.{ending}", "from": tensor, "change": "part",
                    "part": index, "parts": count,
                })
            continue
        result.append({"name": f"{prefix}{name}.{ending}", **entry})
    return result
