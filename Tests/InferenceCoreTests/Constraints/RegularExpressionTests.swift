import EngineTestSupport
import Testing

@testable import InferenceCore

/// What regular expressions match, compared with the standard library's own, and what is refused.
@Suite struct RegularExpressionTests {
    static let sources = [
        "a", "", "abc", "a|b|", "a*", "a+b?", "(ab|a)*c", "[a-c]{2,4}", "[^a-c]", "(a|b){0,3}c{2}",
        "\\d+(\\.\\d{1,2})?",
        "\\w+@\\w+\\.(com|org)", "[\\w.-]+", "\\s*a\\s*", "(?:a|bb)+?", "(?<name>a)b", "a{2,}", "a{,2}", "\\x41\\u0042",
        "[\\]\\\\-]", "é+", "[α-ω]+", "😀|[🙂-🙄]", "\\p{Lu}\\p{Ll}*", ".", ".{3}", "a{0}", "(a{1,2}){2}", "(|a)b",
        "[\\d\\D]", "\\u{1F600}", "\\ud83d\\ude00", "^a$", "^(a|b)$", "^a|b$", "(^a)b", "[a-]b",
    ]

    @Test("A text is accepted where the whole of it matches", arguments: sources)
    func agreement(source: String) throws {
        let constraint = try Constraint.regularExpression(source)
        // The standard library knows no surrogate escapes, and reads an empty lower bound as 0.
        let translated = source.replacing("\\ud83d\\ude00", with: "😀").replacing("a{,2}", with: "a\\{,2\\}")
        let regex = try Regex(translated).matchingSemantics(.unicodeScalar).asciiOnlyDigits().asciiOnlyWordCharacters()
        var random = SeededGenerator(seed: 7)
        let letters: [Unicode.Scalar] = Array("aabbcABCé.-1 2@_\\]xyωΩ{},😀🙂\n\u{7F}".unicodeScalars)
        var accepted = 0
        let fixed = [
            "", "a", "b", "ab", "abc", "😀", "aa", "aaa", "12.34", "a@b.com", "A", "AB", "Ab", "é", "a{,2}", "c",
        ]
        for index in 0..<2000 {
            var text = String.UnicodeScalarView()
            if index < fixed.count {
                text += fixed[index].unicodeScalars
            } else {
                for _ in 0..<Int(random.next() % 6) { text.append(letters[Int(random.next() % UInt64(letters.count))]) }
            }
            let expected = try regex.wholeMatch(in: String(text)) != nil
            #expect(constraint.accepts(String(text)) == expected, "\(source) on \(String(text).debugDescription)")
            if expected { accepted += 1 }
        }
        #expect(accepted > 0)
    }

    @Test(
        "What isn't regular is refused by name",
        arguments: [
            ("a(?=b)", "lookahead", 2), ("(?!a)b", "lookahead", 1), ("(?<=a)b", "lookbehind", 1),
            ("(?<!a)b", "lookbehind", 1), ("(a)\\1", "a back reference", 4), ("(?<n>a)\\k<n>", "a back reference", 8),
            ("\\bword", "a word boundary", 1), ("(?i)a", "an inline flag", 1), ("(?>a)", "an atomic group", 1),
            ("a++", "a possessive quantifier", 3), ("\\p{Script=Greek}", "the property \\p{Script=Greek}", 1),
            ("a^b", "an anchor in the middle of an expression", 1),
        ])
    func unsupported(source: String, feature: String, column: Int) {
        #expect(throws: ConstraintError.unsupportedFeature(feature, column: column)) {
            try Constraint.regularExpression(source)
        }
    }

    @Test(
        "Mistakes are told with their place",
        arguments: [
            ("(a", 1, 3), ("a)", 1, 2), ("[a", 1, 1), ("*a", 1, 1), ("a{3,2}", 1, 2), ("a\\", 1, 3), ("\n(", 2, 2),
            ("[b-a]", 1, 3), ("\\u12", 1, 5), ("\\q", 1, 1), ("\\p{", 1, 3), ("(?<n", 1, 5),
        ])
    func mistakes(source: String, line: Int, column: Int) throws {
        let error = try #require(throws: ConstraintError.self) { try Constraint.regularExpression(source) }
        guard case .syntax(.regularExpression, line, column, _) = error else {
            Issue.record("\(source.debugDescription): \(error)")
            return
        }
        #expect(!error.description.contains("\n"))
    }

    @Test(
        "What would need too much, or can't be met, is refused",
        arguments: ["(a|b)*a(a|b){30}", "((a{1000}){1000}){1000}", "a{999999999999999999999}", "(.{1,300}x){1,300}"])
    func exponential(source: String) throws {
        let error = try #require(throws: ConstraintError.self) { try Constraint.regularExpression(source) }
        guard case .tooLarge = error else {
            Issue.record("\(source): \(error)")
            return
        }
    }

    @Test("What nothing matches is unsatisfiable", arguments: ["[]", "a[]b", "[^\\s\\S]+"])
    func unsatisfiable(source: String) throws {
        let error = try #require(throws: ConstraintError.self) { try Constraint.regularExpression(source) }
        guard case .unsatisfiable = error else {
            Issue.record("\(source): \(error)")
            return
        }
    }

    @Test("Searching finds a match anywhere but where an anchor forbids it")
    func search() throws {
        func finds(_ source: String, _ text: String) throws -> Bool {
            let expression = try RegularExpression(source).grammar(isSearch: true)
            let grammar = Grammar(notation: .regularExpression, rules: [.init(name: "search", expression: expression)])
            return try Constraint(grammar).accepts(text)
        }
        #expect(try finds("b", "abc"))
        #expect(try !finds("^b", "abc"))
        #expect(try finds("^a|^c", "abc"))
        #expect(try !finds("a$", "abc"))
        #expect(try finds("a$|c$", "abc"))
        #expect(try finds("^(abc|x)$", "abc"))
        #expect(try !finds("^(ab|x)$", "abc"))
        #expect(try finds("\n", "a\nb"))
        #expect(try finds("", "anything"))
    }
}
