/// What a model's tensors are written in: one format, or a mix that spends more bits where they matter most.
///
/// The mixes are those of llama.cpp for ordinary decoders, so that files of one name are of one kind.
public enum QuantizationMix: String, Sendable, CaseIterable {
    case q8 = "Q8_0"
    case q6 = "Q6_K"
    case q5Medium = "Q5_K_M"
    case q5Small = "Q5_K_S"
    case q4Medium = "Q4_K_M"
    case q4Small = "Q4_K_S"
    case q5Plain = "Q5_0"
    case q4Plain = "Q4_0"
    case q4NonLinear = "IQ4_NL"

    /// By its name in any case; Q4_K and Q5_K are the medium mixes.
    public init?(name: String) {
        let name = name.uppercased()
        let full = name == "Q4_K" || name == "Q5_K" ? "\(name)_M" : name
        guard let mix = Self(rawValue: full) else { return nil }
        self = mix
    }

    /// The value of `general.file_type`. Source: the GGUF specification.
    var fileType: UInt32 {
        switch self {
        case .q4Plain: 2
        case .q8: 7
        case .q5Plain: 8
        case .q4Small: 14
        case .q4Medium: 15
        case .q5Small: 16
        case .q5Medium: 17
        case .q6: 18
        case .q4NonLinear: 25
        }
    }

    /// The format of most tensors.
    private var base: String {
        switch self {
        case .q4Small, .q4Medium: "Q4_K"
        case .q5Small, .q5Medium: "Q5_K"
        default: rawValue
        }
    }

    /// A tensor among the others.
    struct Place {
        /// Without its block and its ending: "attn_v".
        let kind: String
        /// Which one of its kind it is in the order of blocks, and how many there are.
        let index: Int
        let count: Int
        /// Whether it is what turns states into logits: the output head, or the embedding where there is none.
        let isOutput: Bool
    }

    /// What the choice depends on besides a tensor's place.
    struct Shape {
        /// Experts of each block; 0 for none.
        var experts = 0
        var blocks = 0
        /// Query heads for each key and value head.
        var queriesPerKey = 1
    }

    /// The format for a tensor whose rows are long enough.
    func format(_ place: Place, of shape: Shape) -> String {
        if place.isOutput { return self == .q8 ? "Q8_0" : "Q6_K" }
        let hasEightExperts = shape.experts == 8
        switch place.kind {
        // Of eight experts' attention there is little in the file, and much depends on it.
        case "attn_k" where hasEightExperts: return "Q8_0"
        case "attn_output" where hasEightExperts && isNarrow: return "Q5_K"
        case _ where Self.isValueLike(place.kind):
            return hasEightExperts ? "Q8_0" : valueFormat(place, shape)
        case _ where place.kind.hasPrefix("ffn_down"):
            if isMedium, usesMoreBits(place) { return "Q6_K" }
            let isEarly = place.index < place.count / 8
            return isEarly && (self == .q4Small || self == .q4NonLinear) ? "Q5_K" : base
        default: return base
        }
    }

    /// Whether a kind of tensor makes attention's values, alone or beside others.
    static func isValueLike(_ kind: String) -> Bool {
        ["attn_v", "attn_qkv", "attn_kv_b"].contains(kind)
    }

    private func valueFormat(_ place: Place, _ shape: Shape) -> String {
        if self == .q4NonLinear, shape.queriesPerKey >= 4 { return "Q5_K" }
        if isMedium, usesMoreBits(place) { return "Q6_K" }
        if self == .q4Small, place.index < 4 { return "Q5_K" }
        // Models of 80 blocks share each value among eight heads: little for much.
        return base == "Q4_K" && shape.blocks == 80 && shape.queriesPerKey > 1 ? "Q5_K" : base
    }

    private var isMedium: Bool { self == .q4Medium || self == .q5Medium }

    private var isNarrow: Bool { base == "Q4_K" || self == .q4NonLinear }

    /// The first and last eighth of the blocks, and every third between them.
    private func usesMoreBits(_ place: Place) -> Bool {
        let eighth = place.count / 8
        return place.index < eighth || place.index >= 7 * place.count / 8 || (place.index - eighth) % 3 == 2
    }

    /// What is written instead where a row isn't a whole number of the format's blocks.
    static func fallback(for format: String) -> String? {
        switch format {
        case "Q4_K": "Q5_0"
        case "Q5_K": "Q5_1"
        case "Q6_K": "Q8_0"
        default: nil
        }
    }
}
