import Chat

/// The body of `POST /v1/embeddings`. Members that it doesn't know are ignored.
struct EmbeddingRequest: Decodable {
    static let mostTexts = 2048

    var model: String?
    var input: Input
    var encodingFormat: String?
    var dimensions: WholeNumber?

    /// One text or several. Tokens are told apart to be refused.
    enum Input: Decodable {
        case texts([String])
        case tokens

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let text = try? container.decode(String.self) {
                self = .texts([text])
            } else if let texts = try? container.decode([String].self) {
                self = .texts(texts)
            } else if (try? container.decode([Int].self)) != nil || (try? container.decode([[Int]].self)) != nil {
                self = .tokens
            } else {
                throw DecodingError.dataCorruptedError(
                    in: container, debugDescription: "Expected to decode String or Array<String>.")
            }
        }
    }
}

extension EmbeddingRequest {
    /// The texts.
    /// - Parameter length: components of the model's vectors.
    /// - Throws: ``APIError`` that names the member which is wrong.
    func texts(dimensions length: Int) throws(APIError) -> [String] {
        guard case .texts(let texts) = input else {
            throw .unsupported("input: expected texts, found tokens.", param: "input")
        }
        guard (1...Self.mostTexts).contains(texts.count) else {
            throw .invalid("input: expected 1 to \(Self.mostTexts) texts, found \(texts.count).", param: "input")
        }
        guard dimensions?.value ?? length == length else {
            throw .unsupported("dimensions: this model's vectors have \(length).", param: "dimensions")
        }
        return texts
    }

    /// Whether vectors are sent as text that stands for their bytes.
    /// - Throws: ``APIError`` for a format that the protocol doesn't have.
    func isBase64() throws(APIError) -> Bool {
        switch encodingFormat {
        case nil, "float": return false
        case "base64": return true
        case let other?:
            throw .invalid(
                "encoding_format: expected float or base64, found \"\(other.prefix(40))\".", param: "encoding_format")
        }
    }
}
