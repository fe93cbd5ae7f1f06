extension TinyModel {
    /// The keys in the order in which llama.cpp's converters write them.
    func appendMetadata(to writer: inout GGUFWriter) {
        let prefix = architecture.rawValue
        writer["general.architecture"] = .string(prefix)
        writer["general.type"] = .string("model")
        writer["general.name"] = .string("Tiny \(prefix) \(seed)")
        writer["\(prefix).block_count"] = .uint32(UInt32(layers))
        writer["\(prefix).context_length"] = .uint32(UInt32(contextLength))
        writer["\(prefix).embedding_length"] = .uint32(UInt32(embedding))
        writer["\(prefix).feed_forward_length"] = .uint32(UInt32(feedForward))
        writer["\(prefix).attention.head_count"] = .uint32(UInt32(heads))
        writer["\(prefix).attention.head_count_kv"] = .uint32(UInt32(keyValueHeads))
        writer["\(prefix).attention.layer_norm_rms_epsilon"] = .float32(1e-6)
        switch architecture {
        case .llama:
            writer["llama.rope.freq_base"] = .float32(10_000)
            writer["llama.vocab_size"] = .uint32(UInt32(vocabularySize))
            writer["llama.rope.dimension_count"] = .uint32(UInt32(headSize))
            // Heads that don't share the embedding out evenly have to say how long they are.
            if headSize * heads != embedding { appendHeadSize(to: &writer) }
        case .qwen2:
            writer["qwen2.rope.freq_base"] = .float32(1_000_000)
            if headSize * heads != embedding { appendHeadSize(to: &writer) }
        case .gemma3:
            writer["gemma3.rope.freq_base"] = .float32(1_000_000)
            writer["gemma3.attention.sliding_window"] = .uint32(UInt32(slidingWindow))
            appendHeadSize(to: &writer)
        }
        writer["general.file_type"] = .uint32(0)
        architecture == .gemma3 ? appendSentencePiece(to: &writer) : appendBytePair(to: &writer)
        writer["tokenizer.chat_template"] = chatTemplate.map { .string($0) }
        writer["general.quantization_version"] = .uint32(2)
    }

    private func appendHeadSize(to writer: inout GGUFWriter) {
        writer["\(architecture.rawValue).attention.key_length"] = .uint32(UInt32(headSize))
        writer["\(architecture.rawValue).attention.value_length"] = .uint32(UInt32(headSize))
    }

    private func appendBytePair(to writer: inout GGUFWriter) {
        let vocabulary = TinyVocabulary.bytePair(controlTokensFirst: architecture == .llama)
        // <|endoftext|>, <|im_start|>, <|im_end|>
        let first = UInt32(architecture == .llama ? 0 : vocabulary.tokens.count - 3)
        writer["tokenizer.ggml.model"] = .string("gpt2")
        writer["tokenizer.ggml.pre"] = .string(architecture == .llama ? "smollm" : "qwen2")
        writer["tokenizer.ggml.tokens"] = .strings(vocabulary.tokens)
        writer["tokenizer.ggml.token_type"] = .int32s(vocabulary.types.map(\.rawValue))
        writer["tokenizer.ggml.merges"] = .strings(vocabulary.merges)
        writer["tokenizer.ggml.bos_token_id"] = .uint32(architecture == .llama ? first + 1 : first)
        writer["tokenizer.ggml.eos_token_id"] = .uint32(first + 2)
        if architecture == .llama { writer["tokenizer.ggml.unknown_token_id"] = .uint32(first) }
        writer["tokenizer.ggml.padding_token_id"] = .uint32(architecture == .llama ? first + 2 : first)
        writer["tokenizer.ggml.add_bos_token"] = .bool(false)
        if architecture == .llama { writer["tokenizer.ggml.add_space_prefix"] = .bool(false) }
    }

    private func appendSentencePiece(to writer: inout GGUFWriter) {
        let vocabulary = TinyVocabulary.sentencePiece()
        writer["tokenizer.ggml.model"] = .string("llama")
        writer["tokenizer.ggml.pre"] = .string("default")
        writer["tokenizer.ggml.tokens"] = .strings(vocabulary.tokens)
        writer["tokenizer.ggml.scores"] = .floats(vocabulary.scores)
        writer["tokenizer.ggml.token_type"] = .int32s(vocabulary.types.map(\.rawValue))
        writer["tokenizer.ggml.bos_token_id"] = .uint32(2)
        writer["tokenizer.ggml.eos_token_id"] = .uint32(1)
        writer["tokenizer.ggml.unknown_token_id"] = .uint32(3)
        writer["tokenizer.ggml.padding_token_id"] = .uint32(0)
        writer["tokenizer.ggml.add_bos_token"] = .bool(true)
        writer["tokenizer.ggml.add_sep_token"] = .bool(false)
        writer["tokenizer.ggml.add_eos_token"] = .bool(false)
        writer["tokenizer.ggml.add_space_prefix"] = .bool(false)
    }

    /// Matrices of variance 1 / columns, norms about 1, small biases; each tensor depends on the seed and its own
    /// name only.
    func appendTensors(to writer: inout GGUFWriter) {
        appendMatrix("token_embd.weight", columns: embedding, rows: vocabularySize, to: &writer)
        for layer in 0..<layers {
            let block = "blk.\(layer)"
            appendNorm("\(block).attn_norm.weight", embedding, to: &writer)
            appendAttention(block, to: &writer)
            appendNorm("\(block).ffn_norm.weight", embedding, to: &writer)
            appendMatrix("\(block).ffn_gate.weight", columns: embedding, rows: feedForward, to: &writer)
            appendMatrix("\(block).ffn_up.weight", columns: embedding, rows: feedForward, to: &writer)
            appendMatrix("\(block).ffn_down.weight", columns: feedForward, rows: embedding, to: &writer)
            if architecture == .gemma3 { appendNorm("\(block).post_ffw_norm.weight", embedding, to: &writer) }
        }
        appendNorm("output_norm.weight", embedding, to: &writer)
        if !hasTiedOutput {
            appendMatrix("output.weight", columns: embedding, rows: vocabularySize, to: &writer)
        }
    }

    private func appendAttention(_ block: String, to writer: inout GGUFWriter) {
        let widths = [("q", heads * headSize), ("k", keyValueHeads * headSize), ("v", keyValueHeads * headSize)]
        for (name, width) in widths {
            appendMatrix("\(block).attn_\(name).weight", columns: embedding, rows: width, to: &writer)
            if architecture == .qwen2 {
                appendVector("\(block).attn_\(name).bias", width, mean: 0, deviation: 0.1, to: &writer)
            }
        }
        appendMatrix("\(block).attn_output.weight", columns: heads * headSize, rows: embedding, to: &writer)
        if architecture == .gemma3 {
            appendNorm("\(block).attn_q_norm.weight", headSize, to: &writer)
            appendNorm("\(block).attn_k_norm.weight", headSize, to: &writer)
            appendNorm("\(block).post_attention_norm.weight", embedding, to: &writer)
        }
    }

    private func appendMatrix(_ name: String, columns: Int, rows: Int, to writer: inout GGUFWriter) {
        var generator = generator(for: name)
        let deviation = 1 / Float(columns).squareRoot()
        let values = (0..<columns * rows).map { _ in generator.nextNormal() * deviation }
        let shape = [UInt64(columns), UInt64(rows)]
        if let encoded = encode?(name, values, columns) {
            writer.append(tensor: name, formatID: encoded.formatID, shape: shape, contents: encoded.contents)
        } else {
            writer.append(tensor: name, shape: shape, floats: values)
        }
    }

    private func appendNorm(_ name: String, _ width: Int, to writer: inout GGUFWriter) {
        appendVector(name, width, mean: 1, deviation: 0.1, to: &writer)
    }

    private func appendVector(
        _ name: String, _ width: Int, mean: Float, deviation: Float, to writer: inout GGUFWriter
    ) {
        var generator = generator(for: name)
        let values = (0..<width).map { _ in mean + generator.nextNormal() * deviation }
        writer.append(tensor: name, shape: [UInt64(width)], floats: values)
    }

    /// Seeded by the name too (FNV-1a), so that leaving a tensor out doesn't change the others.
    private func generator(for name: String) -> SeededGenerator {
        let hash = name.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        return SeededGenerator(seed: seed ^ hash)
    }
}
