/// Finds the GGUF name of a tensor by its name in a Hugging Face folder.
struct HuggingFaceNames {
    /// By the original name with `#` and `*` for its numbers.
    private let entries: [String: HuggingFaceLayout.Name]

    init(_ layout: HuggingFaceLayout) {
        entries = Dictionary(layout.names.map { ($0.original, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The name in GGUF files and what is to be done to the tensor; nil for tensors that no model needs.
    func match(_ original: String) -> (name: String, change: HuggingFaceLayout.Change?)? {
        for candidate in Self.withoutPrefix(original) {
            guard let dot = candidate.lastIndex(of: ".") else { continue }
            let (pattern, numbers) = Self.pattern(candidate[..<dot])
            guard let entry = entries[pattern] else { continue }
            var rest = numbers[...]
            let name = entry.name.split(separator: ".", omittingEmptySubsequences: false).map { part in
                (part == "#" || part == "*") && !rest.isEmpty ? rest.removeFirst() : String(part)
            }
            return (name.joined(separator: ".") + Self.ending(candidate[dot...]), entry.change)
        }
        return nil
    }

    /// Old files call the weights of a norm gamma and beta.
    private static func ending(_ ending: Substring) -> Substring {
        switch ending {
        case ".gamma": ".weight"
        case ".beta": ".bias"
        default: ending
        }
    }

    /// Models with a head for a task carry their base model's name before every tensor, base models don't.
    private static func withoutPrefix(_ name: String) -> [Substring] {
        let prefixes = ["transformer.", "bert.", "distilbert.", "model."]
        return [name[...]] + prefixes.filter { name.hasPrefix($0) }.map { name.dropFirst($0.count) }
    }

    /// "model.layers.3.mlp.experts.7.w1" becomes "model.layers.#.mlp.experts.*.w1", and ["3", "7"].
    private static func pattern(_ name: Substring) -> (String, [String]) {
        var numbers: [String] = []
        let parts = name.split(separator: ".", omittingEmptySubsequences: false).map { part -> Substring in
            guard !part.isEmpty, part.utf8.allSatisfy({ (48...57).contains($0) }) else { return part }
            numbers.append(String(part))
            return numbers.count == 1 ? "#" : "*"
        }
        return (parts.joined(separator: "."), numbers)
    }
}
