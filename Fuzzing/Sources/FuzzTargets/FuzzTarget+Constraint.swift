import InferenceCore

extension FuzzTarget {
    /// Compiles a constraint: a grammar, a regular expression or a JSON schema, as the first byte says.
    static let constraint = FuzzTarget(
        "constraint",
        words: [
            "root ::= ", "\n", " | ", "::=", "[^", "]", "(", ")", "{2,3}", "{1000}", "*", "+", "?", "\\u00e9", "\\x41",
            "\\d", "\\p{Lu}", "^", "$", "(?:", "(?=", "[a-z]", "\"a\"", "rule", "#", "{\"", "\":", "\"type\":",
            "\"object\"", "\"properties\":{\"a\":", "\"required\":[\"a\"]", "\"items\":", "\"enum\":[", "\"anyOf\":[",
            "\"oneOf\":[", "\"allOf\":[", "\"$ref\":\"#\"", "\"$defs\":{", "\"pattern\":\"", "\"minimum\":", "1e300",
            "-0.25", "\"multipleOf\":", "\"maxLength\":", "\"additionalProperties\":false", "\"patternProperties\":{",
            "\"prefixItems\":[", "true", "null", "999999999999",
        ]
    ) { bytes in
        let source = String(decoding: bytes.dropFirst(), as: UTF8.self)
        do throws(ConstraintError) {
            let constraint =
                switch bytes.first.map({ $0 % 3 }) {
                case 1: try Constraint.regularExpression(source)
                case 2: try Constraint.jsonSchema(source)
                default: try Constraint.grammar(source)
                }
            _ = constraint.accepts(source)
            return true
        } catch {
            require(!error.description.isEmpty && !error.description.contains("\n"), "an error of several lines")
            return false
        }
    }
}
