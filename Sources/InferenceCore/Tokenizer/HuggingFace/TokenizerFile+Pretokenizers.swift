/// `pre_tokenizer`
extension TokenizerFile {
    /// The steps one after another, sequences of sequences flattened.
    private func flattened(_ value: JSONValue?) -> [JSONValue] {
        guard let value, let kind = value["type"]?.stringValue else { return [] }
        guard kind == "Sequence" else { return [value] }
        return (value["pretokenizers"]?.arrayValue ?? []).flatMap(flattened)
    }

    func pretokenizerSteps() -> [JSONValue] {
        flattened(value["pre_tokenizer"])
    }

    func pretokenizerKinds() -> [String] {
        pretokenizerSteps().compactMap { $0["type"]?.stringValue }
    }

    /// Byte pairs by one of the known pretokenizers; nil if nothing turns the text into bytes.
    func bytePair(_ steps: [JSONValue], _ model: JSONValue) throws -> Vocabulary.Algorithm? {
        guard steps.contains(where: { $0["type"]?.stringValue == "ByteLevel" }) else { return nil }
        let recipe = try steps.map(step)
        let known = Pretokenizers.all.first { $0.recipes.contains { Self.equal($0, recipe) } }
        guard let pretokenizer = known else {
            throw error("pre_tokenizer", .unknownPart(found: recipe.map(\.description).joined(separator: ", ")))
        }
        return .bytePair(pretokenizer, ignoresMerges: model["ignore_merges"]?.booleanValue ?? false)
    }

    /// `add_prefix_space` of the step that turns the text into bytes.
    func leadingSpace(_ steps: [JSONValue]) -> [NormalizerStep] {
        steps.contains { $0["type"]?.stringValue == "ByteLevel" && $0["add_prefix_space"]?.booleanValue ?? true }
            ? [.spacePrefix] : []
    }

    private func step(_ value: JSONValue) throws -> PretokenizerStep {
        switch value["type"]?.stringValue {
        case "ByteLevel": return .byteLevel(usesWords: value["use_regex"]?.booleanValue ?? true)
        case "Digits": return .digits(individually: value["individual_digits"]?.booleanValue ?? false)
        case "Punctuation" where value["behavior"]?.stringValue == "Contiguous": return .punctuation
        case "Split":
            guard let expression = value["pattern"]?["Regex"]?.stringValue else { break }
            switch (value["behavior"]?.stringValue, value["invert"]?.booleanValue ?? false) {
            case ("Isolated", _): return .split(expression)
            case ("Removed", true): return .words(expression)
            default: break
            }
        default: break
        }
        throw error("pre_tokenizer", .unknownPart(found: value.serialized()))
    }

    /// Expressions are compared without regard to how they write what makes no difference.
    private static func equal(_ left: [PretokenizerStep], _ right: [PretokenizerStep]) -> Bool {
        left.count == right.count && zip(left, right).allSatisfy { $0.canonical == $1.canonical }
    }

    // MARK: SentencePiece

    /// What a `Metaspace` step does to the text, with what may stand before it; nothing where there is no step.
    func metaspace(_ steps: [JSONValue], cuts: inout Bool) throws -> [NormalizerStep] {
        var result: [NormalizerStep] = []
        var splitsWords = false
        for step in steps {
            switch step["type"]?.stringValue {
            case "WhitespaceSplit": splitsWords = true
            case "Split" where step["pattern"]?["String"]?.stringValue == " ":
                // Gemma's, which comes when there are no spaces any more.
                break
            case "Metaspace":
                guard (step["replacement"]?.stringValue ?? "▁") == "▁" else {
                    throw error("pre_tokenizer", .unknownPart(found: step.serialized()))
                }
                let scheme = step["prepend_scheme"]?.stringValue
                let prepends = scheme == "always" || (scheme == nil && step["add_prefix_space"]?.booleanValue ?? true)
                if splitsWords {
                    guard prepends else { throw error("pre_tokenizer", .unknownPart(found: step.serialized())) }
                    result.append(.markedWords)
                } else {
                    result.append(.replaced([0x20], by: SpaceMark.utf8))
                    if prepends || scheme == "first" { result.append(.spaceMarkPrefix(onlyFirst: !prepends)) }
                }
                cuts = step["split"]?.booleanValue ?? true
            default:
                throw error("pre_tokenizer", .unknownPart(found: step.serialized()))
            }
        }
        return result
    }
}
