import Testing

@testable import Retrieval

/// What keyword search counts.
@Suite("Terms")
struct WordTests {
    private func terms(_ text: String, stems: Bool = false) -> [String] {
        WordBreaker(stems: stems).terms(of: text).map { String(decoding: $0, as: UTF8.self) }
    }

    @Test(
        "names are divided, and kept whole",
        arguments: [
            ("The end.", ["the", "end"]),
            ("parseHTTPHeader", ["parse", "http", "header", "parsehttpheader"]),
            ("snake_case_name", ["snake", "case", "name", "snake_case_name"]),
            ("/usr/share/doc", ["usr", "share", "doc", "usr/share/doc"]),
            ("main.c: read-only", ["main", "c", "main.c", "read", "only", "read-only"]),
            ("__init__", ["init"]),
            ("Q4_K", ["q4", "k", "q4_k"]),
            ("x86_64", ["x86", "64", "x86_64"]),
            ("a.b.", ["a", "b", "a.b"]),
            ("don't", ["don", "t", "don't"]),
            ("GRÜNE Äpfel—und", ["grüne", "äpfel", "und"]),
            ("", []), ("--- ... ///", []), ("_", []),
        ])
    func division(text: String, expected: [String]) {
        #expect(terms(text) == expected)
    }

    @Test(
        "plurals become singulars",
        arguments: [
            ("queries", "query"), ("files", "file"), ("classes", "classe"), ("bus", "bus"), ("glass", "glass"),
            ("was", "was"), ("shoes", "shoes"), ("Tests", "test"), ("i18ns", "i18ns"),
        ])
    func stems(word: String, expected: String) {
        #expect(terms(word, stems: true) == [expected])
    }

    @Test("words that nobody wrote are left out")
    func longWords() {
        #expect(terms(String(repeating: "a", count: 64)).count == 1)
        #expect(terms(String(repeating: "a", count: 65)).isEmpty)
    }

    @Test("a term has one number, whatever came between")
    func table() {
        var table = TermTable()
        let words = (0..<20_000).map { "term\($0 % 9_000)" }
        let numbers = words.map { word in
            var word = word
            return word.withUTF8 { table.number(of: $0) }
        }
        #expect(table.count == 9_000)
        #expect(numbers == words.indices.map { $0 % 9_000 })
        #expect(String(decoding: table[8_999], as: UTF8.self) == "term8999")
    }
}
