/// `post_processor`
extension TokenizerFile {
    /// The special tokens around texts.
    func template(_ contents: VocabularyContents) throws -> SequenceTemplate {
        for processor in flattenedProcessors(value["post_processor"]) {
            switch processor["type"]?.stringValue {
            case "TemplateProcessing": return try template(processor, contents)
            case "BertProcessing": return try template(around: processor, separators: 1, contents)
            case "RobertaProcessing": return try template(around: processor, separators: 2, contents)
            case "ByteLevel": continue
            case let kind: throw error("post_processor", .unknownPart(found: kind ?? "null"))
            }
        }
        // Files without a processor may leave it to the program.
        func token(_ name: String, _ key: String) -> [TokenID] {
            guard configuration.boolean(name) ?? false, let id = contents.ids[key] else { return [] }
            return [TokenID(id)]
        }
        return SequenceTemplate(
            prefix: token("add_bos_token", TokenizerKey.beginningOfSequence),
            suffix: token("add_eos_token", TokenizerKey.endOfSequence))
    }

    private func flattenedProcessors(_ value: JSONValue?) -> [JSONValue] {
        guard let value, let kind = value["type"]?.stringValue else { return [] }
        guard kind == "Sequence" else { return [value] }
        return (value["processors"]?.arrayValue ?? []).flatMap(flattenedProcessors)
    }

    private func template(_ processor: JSONValue, _ contents: VocabularyContents) throws -> SequenceTemplate {
        let single = try parts(processor["single"], processor, contents)
        guard
            let middle = single.firstIndex(where: {
                if case .token = $0 { false } else { true }
            })
        else { throw error("post_processor.single", .malformed) }
        func tokens(_ parts: ArraySlice<SequenceTemplate.Part>) throws -> [TokenID] {
            try parts.map { part in
                guard case .token(let token, _) = part else { throw error("post_processor.single", .malformed) }
                return token
            }
        }
        var template = try SequenceTemplate(
            prefix: tokens(single[..<middle]), suffix: tokens(single[(middle + 1)...]))
        if processor["pair"]?.arrayValue != nil { template.pair = try parts(processor["pair"], processor, contents) }
        return template
    }

    private func parts(
        _ value: JSONValue?, _ processor: JSONValue, _ contents: VocabularyContents
    ) throws -> [SequenceTemplate.Part] {
        var parts: [SequenceTemplate.Part] = []
        for piece in value?.arrayValue ?? [] {
            if let sequence = piece["Sequence"] {
                let segment = Int32(clamping: sequence["type_id"]?.integerValue ?? 0)
                parts.append(sequence["id"]?.stringValue == "B" ? .second(segment: segment) : .first(segment: segment))
                continue
            }
            guard let special = piece["SpecialToken"], let name = special["id"]?.stringValue,
                let ids = processor["special_tokens"]?[name]?["ids"]?.arrayValue
            else { throw error("post_processor", .malformed) }
            let segment = Int32(clamping: special["type_id"]?.integerValue ?? 0)
            parts += try ids.map { try .token(checked($0, contents), segment: segment) }
        }
        return parts
    }

    /// `[CLS] a [SEP] b [SEP]`, or with several separators between the texts; these have no segments.
    private func template(
        around processor: JSONValue, separators: Int, _ contents: VocabularyContents
    ) throws -> SequenceTemplate {
        guard let classification = processor["cls"]?.arrayValue?.last,
            let separator = processor["sep"]?.arrayValue?.last
        else { throw error("post_processor", .malformed) }
        let end = try checked(separator, contents)
        var template = try SequenceTemplate(prefix: [checked(classification, contents)], suffix: [end])
        if separators == 2 {
            template.pair =
                template.prefix.map { .token($0, segment: 0) } + [.first(segment: 0)]
                + [.token(end, segment: 0), .token(end, segment: 0), .second(segment: 0), .token(end, segment: 0)]
        }
        return template
    }

    private func checked(_ value: JSONValue, _ contents: VocabularyContents) throws -> TokenID {
        guard let id = value.integerValue else { throw error("post_processor", .malformed) }
        guard id >= 0, id < contents.tokens.count else {
            throw error("post_processor", .outOfRange(found: id, limit: contents.tokens.count))
        }
        return TokenID(id)
    }
}
