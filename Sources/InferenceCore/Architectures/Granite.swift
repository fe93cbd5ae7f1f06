/// Granite (IBM Research 2024): Llama's layout, with factors on embeddings, scores, branches and logits (Yang et al. 2022).
struct Granite: Architecture {
    static let identifiers = ["granite"]
    static let huggingFace = HuggingFaceLayout.decoder(
        ["granite": "granite"],
        keys: [
            "embedding_scale": "embedding_multiplier", "residual_scale": "residual_multiplier",
            "attention.scale": "attention_multiplier", "logit_scale": "logits_scaling",
        ])

    let shape: ModelShape
    let decoder: Decoder

    init(_ source: ModelSource) throws {
        let shape = try source.shape()
        self.shape = shape
        let scoreScale = try source.floatIfPresent("attention.scale") ?? 1 / Float(shape.headSize).squareRoot()
        var decoder = try Decoder(source, shape, pairing: source.pairing(inFile: .neighbours)) { index in
            var layer = try source.plainLayer(index, shape)
            layer.attention.scale = scoreScale
            return layer
        }
        decoder.embeddingScale = try source.float("embedding_scale", default: 1)
        decoder.residualScale = try source.float("residual_scale", default: 1)
        decoder.logitScale = 1 / (try source.float("logit_scale", default: 1))
        self.decoder = decoder
    }
}
