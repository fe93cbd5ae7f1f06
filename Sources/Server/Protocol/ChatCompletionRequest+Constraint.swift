import Chat

extension ChatCompletionRequest {
    /// What an answer has to be, as the protocol says it.
    struct ResponseFormat: Decodable {
        var type: String
        /// The schema's text, as it stands in the body.
        var schema: String?

        private enum Members: String, CodingKey { case type }

        init(from decoder: any Decoder) throws {
            type = try decoder.container(keyedBy: Members.self).decode(String.self, forKey: .type)
        }
    }

    /// What an answer has to be, as vLLM says it: one of these.
    struct StructuredOutputs: Decodable {
        var choice: [String]?
        var regex: String?
        var grammar: String?
        /// The schema's text, as it stands in the body.
        var json: String?

        private enum Members: String, CodingKey { case choice, regex, grammar }

        init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: Members.self)
            choice = try members.decodeIfPresent([String].self, forKey: .choice)
            regex = try members.decodeIfPresent(String.self, forKey: .regex)
            grammar = try members.decodeIfPresent(String.self, forKey: .grammar)
        }
    }

    /// What the answer has to be; nil where it may be anything.
    /// - Throws: ``APIError`` if it is said in two ways, or in one that this server doesn't know.
    func constraint() throws(APIError) -> AnswerConstraint? {
        let said = [try formatConstraint(), grammar.map(AnswerConstraint.grammar)] + outputConstraints
        let constraints = said.compactMap { $0 }
        guard constraints.count <= 1 else {
            throw .invalid(
                "response_format, structured_outputs, grammar: expected one of them, found \(constraints.count).",
                param: "response_format")
        }
        return constraints.first
    }

    private var outputConstraints: [AnswerConstraint?] {
        [
            structuredOutputs?.choice.map(AnswerConstraint.choices),
            structuredOutputs?.regex.map(AnswerConstraint.regularExpression),
            structuredOutputs?.grammar.map(AnswerConstraint.grammar),
            structuredOutputs?.json.map(AnswerConstraint.jsonSchema),
        ]
    }

    private func formatConstraint() throws(APIError) -> AnswerConstraint? {
        switch responseFormat?.type {
        case nil, "text": return nil
        case "json_object": return .jsonObject
        case "json_schema":
            guard let schema = responseFormat?.schema else {
                throw .invalid(
                    "response_format.json_schema.schema is missing.", param: "response_format",
                    code: "missing_required_parameter")
            }
            return .jsonSchema(schema)
        case let type?:
            throw .unsupported(
                "response_format: expected text, json_object or json_schema, found \"\(type.prefix(40))\".",
                param: "response_format")
        }
    }
}
