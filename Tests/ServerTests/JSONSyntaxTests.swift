import Testing

@testable import Server

@Suite struct JSONSyntaxTests {
    private func fault(_ text: String) -> JSONSyntax.Fault? {
        do throws(JSONSyntax.Fault) {
            try JSONSyntax.check(Array(text.utf8))
            return nil
        } catch {
            return error
        }
    }

    @Test(
        "JSON passes",
        arguments: [
            "{}", " [ ] ", "0", "-1.5e+3", "\"\\u00e9\\n\\\"\"", "{\"a\":[1,{\"b\":null}],\"a\":true}\n", "[false]",
        ])
    func valid(text: String) {
        #expect(fault(text) == nil)
    }

    @Test(
        "a fault has its place",
        arguments: [
            ("", 1, 1), ("{\n  \"a\": }", 2, 8), ("[1,]", 1, 4), ("[1 2]", 1, 4), ("{\"a\" 1}", 1, 6), ("{a:1}", 1, 2),
            ("nul", 1, 4), ("[1] x", 1, 5), ("\"a\nb\"", 1, 3), ("\"\\x\"", 1, 3), ("\"\\u12g4\"", 1, 6), ("01", 1, 2),
            ("1.", 1, 3), ("-", 1, 2), ("\"abc", 1, 5), ("{\"a\":1,}", 1, 8), ("\u{FEFF}{}", 1, 1),
        ])
    func invalid(text: String, line: Int, column: Int) {
        let fault = fault(text)
        #expect(
            fault?.line == line && fault?.column == column, "\(text.debugDescription): \(String(describing: fault))")
    }

    @Test("what nests too deep is refused before it is decoded")
    func depth() {
        let deep = String(repeating: "[", count: 100_000)
        #expect(fault(deep)?.reason == "arrays and objects nest deeper than 256 levels")
        let allowed = String(repeating: "[", count: 256) + String(repeating: "]", count: 256)
        #expect(fault(allowed) == nil)
    }

    @Test("bytes that are no UTF-8 are no JSON")
    func encoding() {
        #expect(throws: JSONSyntax.Fault.self) { try JSONSyntax.check([0x22, 0xFF, 0x22]) }
    }
}
