/// What an answer has to be: a grammar of its bytes, compiled. Immutable, and shared by whatever uses it.
///
/// Bound to a vocabulary (``TokenConstraint``) it tells which tokens may come next, so that whatever a model writes is
/// right by construction.
public struct Constraint: Sendable {
    let automaton: PushdownAutomaton

    init(_ grammar: Grammar) throws(ConstraintError) {
        automaton = try PushdownAutomaton(grammar)
    }

    /// One of some texts. The model may end at any of them, if another one goes on from there.
    /// - Throws: ``ConstraintError`` where there are none.
    public static func choices(_ choices: [String]) throws(ConstraintError) -> Constraint {
        guard !choices.isEmpty else {
            throw .unsatisfiable(.choices, reason: "there are no choices; give at least one")
        }
        return try compiled { () throws(ConstraintError) in
            let expression = GrammarExpression.strings(choices.map { Array($0.utf8) })
            return Grammar(notation: .choices, rules: [.init(name: "choices", expression: expression)])
        }
    }

    /// A text that a regular expression in ECMAScript's notation matches as a whole.
    ///
    /// Lookaround, back references, word boundaries and flags aren't regular, or mean little where text is written
    /// rather than searched; they are refused by name.
    /// - Throws: ``ConstraintError``.
    public static func regularExpression(_ source: String) throws(ConstraintError) -> Constraint {
        try compiled { () throws(ConstraintError) in
            let expression = try RegularExpression(source).grammar(isSearch: false)
            return Grammar(notation: .regularExpression, rules: [.init(name: "expression", expression: expression)])
        }
    }

    /// What the rule `root` of a grammar in llama.cpp's notation (GBNF) reads.
    ///
    /// Rules may call themselves, at their beginnings too, where that can be turned into repetition.
    /// - Throws: ``ConstraintError``.
    public static func grammar(_ source: String) throws(ConstraintError) -> Constraint {
        try compiled { () throws(ConstraintError) in try GrammarParser.grammar(source) }
    }

    /// JSON that satisfies a schema (draft 2020-12), given as JSON text. Members are written in the order in which the schema
    /// names them.
    /// - Throws: ``ConstraintError`` that names the keyword and its place, where a schema demands what isn't known here; see
    ///   ``JSONSchemaKeyword``.
    public static func jsonSchema(
        _ source: String, options: JSONSchemaOptions = JSONSchemaOptions()
    ) throws(ConstraintError) -> Constraint {
        try compiled { () throws(ConstraintError) in
            let schema: JSONValue
            do throws(JSONError) {
                schema = try JSONValue(parsing: source, maximumDepth: 200)
            } catch {
                throw .syntax(.jsonSchema, line: error.line, column: error.column, message: error.message)
            }
            return try JSONSchemaCompiler.grammar(schema, options)
        }
    }

    /// Any JSON object.
    public static func jsonObject(options: JSONSchemaOptions = JSONSchemaOptions()) throws(ConstraintError)
        -> Constraint
    {
        try jsonSchema("{\"type\": \"object\"}", options: options)
    }

    /// Any JSON value.
    public static func jsonValue(options: JSONSchemaOptions = JSONSchemaOptions()) throws(ConstraintError) -> Constraint
    {
        try jsonSchema("true", options: options)
    }

    /// Compiles on a stack that is deep enough for whatever the limits let through.
    private static func compiled(
        _ grammar: @escaping @Sendable () throws(ConstraintError) -> Grammar
    ) throws(ConstraintError) -> Constraint {
        try DeepStack.run(otherwise: ConstraintError.noThread) { () throws(ConstraintError) in
            try Constraint(grammar())
        }
    }

    /// Whether a whole text satisfies it.
    public func accepts(_ text: String) -> Bool {
        accepts(text.utf8)
    }

    /// Whether a whole text, given as bytes, satisfies it.
    public func accepts(_ bytes: some Sequence<UInt8>) -> Bool {
        var states = MatchStates(automaton)
        var state = states.start(at: automaton.start)
        for byte in bytes where state != MatchStates.dead { state = states.advance(state, byte) }
        return state != MatchStates.dead && states.states[Int(state)].isAccepting
    }
}
