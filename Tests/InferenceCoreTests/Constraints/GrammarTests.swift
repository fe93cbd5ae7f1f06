import EngineTestSupport
import Testing

@testable import InferenceCore

/// Grammars in llama.cpp's notation.
@Suite struct GrammarTests {
    private func expect(
        _ source: String, accepts accepted: [String], rejects rejected: [String],
        location: SourceLocation = #_sourceLocation
    ) throws {
        let constraint = try Constraint.grammar(source)
        for text in accepted { #expect(constraint.accepts(text), "\(text)", sourceLocation: location) }
        for text in rejected { #expect(!constraint.accepts(text), "\(text)", sourceLocation: location) }
    }

    @Test("Rules, groups, classes, repetitions, comments and line ends")
    func notation() throws {
        try expect(
            """
            # A comment
            root ::= greeting (", " name)? end{1,2}  # another
              | "none"
            greeting ::= "hello" |
                "good " ("morning" | "night")
            name ::= [A-Z] [a-z]+ | "\\u00e9\\x21"
            end ::= [.!\\]] | [^a-zA-Z ,.!\\]]
            """,
            accepts: ["hello!", "good night, Ada.", "hello, é!!", "none", "hello]]", "hello?!", "hello😀"],
            rejects: ["", "hello", "good , Ada.", "hello, ada.", "hello!!!", "none!", "hellox"])
        try expect("root ::= .{2}", accepts: ["ab", "é\n"], rejects: ["a", "abc"])
        try expect("root ::= \"a\"{,2} \"b\"{2,} \"\\n\"", accepts: ["bb\n", "aabbb\n"], rejects: ["aaabb\n", "ab\n"])
    }

    @Test("Rules that call themselves in the middle and at the end")
    func recursion() throws {
        try expect(
            "root ::= \"(\" root \")\" root | \"\"", accepts: ["", "()", "(())()", "((()))"],
            rejects: ["(", ")(", "(()"])
        try expect(
            "root ::= \"a\" root \"a\" | \"b\" root \"b\" | \"c\"", accepts: ["c", "abcba"], rejects: ["abcab", ""])
        let deep = String(repeating: "(", count: 500) + String(repeating: ")", count: 500)
        try expect("root ::= \"(\" root? \")\"", accepts: [deep], rejects: [deep + ")"])
    }

    @Test("Rules that call themselves first")
    func leftRecursion() throws {
        try expect(
            """
            root ::= sum
            sum ::= sum [+-] product | product
            product ::= product [*/] value | value
            value ::= [0-9]+ | "(" sum ")"
            """,
            accepts: ["1", "1+2*3", "(1-2)*3/4", "((7))"], rejects: ["", "1+", "*2", "(1"])
        // Over other rules, and with something optional before.
        try expect(
            "root ::= list \"x\" | \"y\"\nlist ::= root \",\" | \";\"", accepts: ["y", ";x", "y,x", "y,x,x"],
            rejects: ["x", "y,", ",x"])
        try expect("root ::= (root \"a\")? \"b\"", accepts: ["b", "bab", "babab"], rejects: ["", "ab", "ba"])
        try expect("root ::= root | \"a\"", accepts: ["a"], rejects: ["", "aa"])
        for source in [
            "root ::= (\"\" | \"a\"?) root \"b\" | \"c\"", "root ::= blank root \"b\" | \"c\"\nblank ::= \" \"*",
        ] {
            let error = try #require(throws: ConstraintError.self) { try Constraint.grammar(source) }
            #expect(error == .leftRecursion(rule: "root"))
        }
    }

    @Test(
        "Mistakes are told with their place",
        arguments: [
            ("", 1, 1), ("a ::= \"x\"", 1, 10), ("root = \"x\"", 1, 6), ("root ::= \"x", 1, 10), ("root ::= [x", 1, 10),
            ("root ::= (\"x\"", 1, 10), ("root ::= \"x\" )", 1, 14), ("root ::= *", 1, 10),
            ("root ::= \"x\"{2,1}", 1, 13),
            ("root ::= \"\\q\"", 1, 11), ("root ::= [b-a]", 1, 11), ("root ::= \"a\"\nroot ::= \"b\"", 2, 1),
            ("root ::= \"\\ud800\"", 1, 13), ("root ::= \"x\"\n\n%", 3, 1), ("root ::= \"x\"{}", 1, 13),
        ])
    func mistakes(source: String, line: Int, column: Int) throws {
        let error = try #require(throws: ConstraintError.self) { try Constraint.grammar(source) }
        guard case .syntax(.grammar, line, column, _) = error else {
            Issue.record("\(source.debugDescription): \(error)")
            return
        }
    }

    @Test("Rules that aren't there, never end, or are too many")
    func refusals() throws {
        #expect(throws: ConstraintError.undefinedRule(name: "name", line: 1, column: 14)) {
            try Constraint.grammar("root ::= \"a\" name")
        }
        for source in ["root ::= \"a\" root", "root ::= a\na ::= b \"x\"\nb ::= \"(\" a \")\"", "root ::= []"] {
            let error = try #require(throws: ConstraintError.self) { try Constraint.grammar(source) }
            guard case .unsatisfiable(.grammar, _) = error else {
                Issue.record("\(source): \(error)")
                continue
            }
        }
        let many = (0..<6000).map { "r\($0) ::= \"a\" r\($0 + 1)\n" }.joined()
        for source in ["root ::= r0\n\(many)r6000 ::= \"b\"", "root ::= ((\"a\"{1000}){1000}){1000}"] {
            let error = try #require(throws: ConstraintError.self) { try Constraint.grammar(source) }
            guard case .tooLarge(.grammar, _, _) = error else {
                Issue.record("\(error)")
                continue
            }
        }
    }

    @Test("An ambiguous grammar's ways to read a text don't multiply")
    func ambiguity() throws {
        let constraint = try Constraint.grammar(
            """
            root ::= "a" root x | "a" root y | "b"
            x ::= "z" | x2
            x2 ::= "z" | "w"
            y ::= "z" "z"?
            """)
        let depth = 200
        let text = String(repeating: "a", count: depth) + "b" + String(repeating: "z", count: depth)
        #expect(constraint.accepts(text))
        #expect(constraint.accepts(text + String(repeating: "z", count: depth)))
        #expect(!constraint.accepts(text + String(repeating: "z", count: depth + 1)))
    }
}
