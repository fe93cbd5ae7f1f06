/// The keywords of JSON Schema (draft 2020-12) that constraints know.
public enum JSONSchemaKeyword: String, Sendable, CaseIterable {
    case type
    case `enum`
    case const
    case properties
    case required
    case additionalProperties
    case patternProperties
    case propertyNames
    case minProperties
    case maxProperties
    case items
    case prefixItems
    case minItems
    case maxItems
    case uniqueItems
    case minLength
    case maxLength
    case pattern
    case format
    case minimum
    case maximum
    case exclusiveMinimum
    case exclusiveMaximum
    case multipleOf
    case anyOf
    case oneOf
    case allOf
    case reference = "$ref"
    case definitions = "$defs"
    case anchor = "$anchor"
    /// Draft 7's name for `$defs`.
    case formerDefinitions = "definitions"

    /// The names of the keywords that are kept to, in the order of the documentation.
    public static var supportedNames: [String] { allCases.map(\.rawValue) }

    /// Keywords of this and earlier drafts, and of OpenAPI, that demand something which isn't kept to here. Whatever else a
    /// schema has is no keyword and demands nothing.
    static let unsupported: Set<String> = [
        "if", "then", "else", "not", "contains", "minContains", "maxContains", "dependentRequired", "dependentSchemas",
        "unevaluatedItems", "unevaluatedProperties", "$dynamicRef", "$dynamicAnchor", "$recursiveRef",
        "$recursiveAnchor", "dependencies", "additionalItems", "nullable", "discriminator",
    ]
}
