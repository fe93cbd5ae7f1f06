/// What the name of a GGUF file says, by the naming convention of the GGUF specification: `…-Q4_K_M.gguf`, and
/// `…-00001-of-00003.gguf` for the first of three parts.
struct GGUFFileName: Hashable {
    /// Where the file lies.
    let folder: String
    /// Without the part and the ending.
    let stem: String
    /// From 1; 1 of a file that is whole.
    let part: Int
    let partCount: Int

    /// Nil for paths of other files.
    init?(path: String) {
        guard path.lowercased().hasSuffix(".gguf") else { return nil }
        let slash = path.lastIndex(of: "/")
        folder = slash.map { String(path[..<$0]) } ?? ""
        let name = path[(slash.map { path.index(after: $0) } ?? path.startIndex)...].dropLast(".gguf".count)
        if let match = name.wholeMatch(of: /(.+)-([0-9]{5})-of-([0-9]{5})/), let part = Int(match.2),
            let count = Int(match.3), count >= 1, (1...count).contains(part)
        {
            (stem, self.part, partCount) = (String(match.1), part, count)
        } else {
            (stem, part, partCount) = (String(name), 1, 1)
        }
    }

    /// The path of the first of several parts; nil of a file that is whole.
    var firstPath: String? {
        guard partCount > 1 else { return nil }
        let digits = "\(partCount)"
        return "\(folder)/\(stem)-00001-of-\(String(repeating: "0", count: 5 - digits.count))\(digits).gguf"
    }

    /// Whether it belongs to other models: what they see images with, or what was measured to quantize them.
    var isSupplement: Bool {
        let name = stem.lowercased()
        return name.hasPrefix("mmproj") || name.contains("-mmproj") || name.contains("imatrix")
    }

    /// The format that the stem names, in capitals, such as "Q4_K_M"; nil where it names none.
    var quantization: String? { Self.quantization(in: stem) }

    static func quantization(in text: String) -> String? {
        let pattern = /(?:^|[-._])((?:UD-)?(?:I?Q[1-8]_[A-Z0-9_]+|TQ[12]_0|MXFP4(?:_MOE)?|B?F16|F32))(?=$|[-.])/
        let last = text.uppercased().matches(of: pattern).last
        return last.map { String($0.1) }
    }
}
