/// The tokens of a model: bytes, attributes, order; checked, so that every id below `count` has all of them.
struct Vocabulary: Sendable {
    /// How text becomes tokens.
    enum Algorithm: Sendable {
        case bytePair(any Pretokenizer)
        case sentencePiece(addsSpacePrefix: Bool)
    }

    let algorithm: Algorithm
    /// The bytes by which the algorithm knows each token. Byte-pair: what a normal token stands for, the name of any
    /// other. SentencePiece: the name, in which U+2581 stands for a space.
    let strings: PackedStrings
    let attributes: [TokenAttributes]
    /// SentencePiece's scores; empty where the file has none, which means zero for all.
    let scores: [Float]
    let special: SpecialTokens

    var count: Int { strings.count }

    /// - Throws: `TokenizerError` where a key is missing or contradicts the tokens.
    init(_ contents: VocabularyContents) throws {
        algorithm = try Self.algorithm(contents)
        let count = contents.tokens.count
        guard count > 0 else { throw contents.error(TokenizerKey.tokens, .empty) }
        let limit = Int(TokenID.max) / 4
        guard count < limit else { throw contents.error(TokenizerKey.tokens, .outOfRange(found: count, limit: limit)) }
        if let types = contents.tokenTypes, types.count < count {
            throw contents.error(TokenizerKey.tokenTypes, .tooShort(expected: count, found: types.count))
        }
        if let scores = contents.scores, scores.count < count {
            throw contents.error(TokenizerKey.scores, .tooShort(expected: count, found: scores.count))
        }
        scores = contents.scores ?? []
        var attributes = [TokenAttributes](repeating: .normal, count: count)
        if let types = contents.tokenTypes {
            for token in 0..<count { attributes[token] = TokenAttributes(tokenType: types[token]) }
        }
        special = try SpecialTokens(contents, algorithm: algorithm, attributes: &attributes)
        switch algorithm {
        case .bytePair: strings = Self.decoded(contents.tokens, &attributes)
        case .sentencePiece: strings = contents.tokens
        }
        self.attributes = attributes
    }

    private static func algorithm(_ contents: VocabularyContents) throws -> Algorithm {
        switch contents.model {
        case nil: throw contents.error(TokenizerKey.model, .missing)
        case "llama": return .sentencePiece(addsSpacePrefix: contents.addSpacePrefix ?? true)
        case "gpt2":
            guard contents.merges != nil else { throw contents.error(TokenizerKey.merges, .missing) }
            let name = contents.pretokenizer ?? "default"
            guard let pretokenizer = Pretokenizers.named(name) else {
                let known = Pretokenizers.all.compactMap(\.names.first)
                throw contents.error(TokenizerKey.pretokenizer, .unsupported(found: name, known: known))
            }
            return .bytePair(pretokenizer)
        case .some(let model):
            throw contents.error(TokenizerKey.model, .unsupported(found: model, known: ["gpt2", "llama"]))
        }
    }

    /// The tokens of a byte-pair vocabulary as the bytes they stand for, where they stand for bytes.
    private static func decoded(_ names: PackedStrings, _ attributes: inout [TokenAttributes]) -> PackedStrings {
        let alphabet = ByteAlphabet()
        return PackedStrings(mapping: names) { token, name, output in
            if isWrittenInAlphabet(attributes[token]), let count = alphabet.decode(name, into: output) { return count }
            if !name.allSatisfy({ (0x21...0x7E).contains($0) }) { attributes[token].insert(.verbatim) }
            output.copyMemory(from: name)
            return name.count
        }
    }

    private static func isWrittenInAlphabet(_ attributes: TokenAttributes) -> Bool {
        attributes.contains(.normal) && !attributes.isSpecial
    }

    /// Appends what the token puts into a text; special tokens put nothing, unless they are asked for.
    ///
    /// As in llama.cpp, an unused token is nothing either way.
    func append(_ token: Int, rendersSpecial: Bool, to output: inout [UInt8]) {
        let attributes = attributes[token]
        if attributes.isHidden && !rendersSpecial { return }
        strings.withString(token) { string in
            if attributes.isSpecial {
                output.append(contentsOf: string)
            } else if attributes.contains(.normal) {
                switch algorithm {
                case .bytePair: output.append(contentsOf: string)
                case .sentencePiece: SpaceMark.unescape(string, into: &output)
                }
            } else if attributes.contains(.byte), let byte = ByteToken.byte(string) {
                output.append(byte)
            }
        }
    }
}
