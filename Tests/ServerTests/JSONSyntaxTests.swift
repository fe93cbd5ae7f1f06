import Foundation
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
            "\"\\uD83D\\ude00\"",
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
            ("\"\\ud83d\"", 1, 8), ("\"\\ud83d\\u0041\"", 1, 14), ("\"\\ude00\"", 1, 8),
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

    @Test("what passes, Foundation reads too, however a document was damaged", arguments: 0..<400)
    func damaged(seed: UInt64) {
        var generator = SeededNumbers(seed: seed)
        var bytes = Array(#"{"a":[1,-2.5e3,true,null],"b":{"c":"x\u00e9\\ud83d\ude00y"},"d":[[],{}]}"#.utf8)
        let letters = Array(#"{}[]",:\u0e.-1 tfn"#.utf8)
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
            let index = Int.random(in: bytes.indices, using: &generator)
            switch Int.random(in: 0..<3, using: &generator) {
            case 0: bytes.remove(at: index)
            case 1: bytes.insert(letters.randomElement(using: &generator) ?? 0, at: index)
            default: bytes[index] = letters.randomElement(using: &generator) ?? 0
            }
        }
        let passes = fault(String(decoding: bytes, as: UTF8.self)) == nil
        let isRead = (try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)) != nil
        #expect(!passes || isRead, "\(String(decoding: bytes, as: UTF8.self))")
    }

    @Test("bytes that are no UTF-8 are no JSON")
    func encoding() {
        #expect(throws: JSONSyntax.Fault.self) { try JSONSyntax.check([0x22, 0xFF, 0x22]) }
    }
}
