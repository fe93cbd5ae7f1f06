import Testing

@testable import Evaluation

@Suite struct ExampleFileTests {
    private func parse(_ text: String, _ format: ExampleFile.Format, _ fields: ExampleFields = ExampleFields()) throws
        -> [Example]
    {
        try ExampleFile.parse(Array(text.utf8), path: "data", fields: fields, format: format)
    }

    @Test func csvHoldsQuotesBreaksAndSeparators() throws {
        let examples = try parse("\u{FEFF}text,label\r\n\"a, \"\"b\"\"\nc\",good\r\nplain,\n", .csv)
        #expect(examples.map(\.text) == ["a, \"b\"\nc", "plain"])
        #expect(examples.map(\.expected) == ["good", nil])
        #expect(examples.map(\.id) == ["1", "2"])
    }

    @Test func jsonLinesKeepIdsAndMakeTextOfOtherValues() throws {
        let examples = try parse(
            "{\"id\":7,\"text\":\"x\",\"expected\":{\"b\":1,\"a\":[true]}}\n\n{\"input\":\"y\"}", .jsonLines)
        #expect(
            examples == [
                Example(id: "7", text: "x", expected: "{\"a\":[true],\"b\":1}"), Example(id: "2", text: "y"),
            ])
    }

    @Test func namedFieldsComeFirst() throws {
        let fields = ExampleFields(text: "body", expected: "class", id: "key")
        let examples = try parse("text\tbody\tclass\tkey\nno\tyes\tA\tk1\n", .tsv, fields)
        #expect(examples == [Example(id: "k1", text: "yes", expected: "A")])
    }

    @Test(arguments: [
        ("{\"text\":1", ExampleFile.Format.jsonLines, "data, line 1: expected a JSON object, found no valid JSON"),
        ("{\"a\":1}", .jsonLines, "found fields a"),
        ("a,b\n1,2\n", .csv, "data, line 1: expected a field 'text'"),
        ("text\na,b\n", .csv, "data, line 2: expected 1 fields, found 2"),
        ("text\n\"a", .csv, "data, line 2: expected a quote that ends the field"),
        ("text\n\"a\"b\n", .csv, "data, line 2: expected a separator"),
        ("", .text, "expected at least one example, found none"),
        ("id,text\n1,a\n1,b\n", .csv, "found '1' twice"),
    ])
    func faultsAreNamed(text: String, format: ExampleFile.Format, message: String) {
        let error = #expect(throws: ExampleFileError.self) { try parse(text, format) }
        #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
    }

    @Test(arguments: ExampleFile.Format.allCases)
    func bytesThatAreNoTextAreRefused(format: ExampleFile.Format) {
        #expect(throws: ExampleFileError(path: "f", expected: "UTF-8 text", found: "other bytes")) {
            try ExampleFile.parse([0x74, 0xFF, 0x0A], path: "f", fields: ExampleFields(), format: format)
        }
    }

    @Test func rowsThatAreWrittenAreReadAgain() throws {
        let fields = ["a,b", "c\"d", "e\nf", "", " g"]
        var parser = CSVParser(Array(CSVText.row(fields).utf8))
        #expect(try parser.next()?.fields == fields)
        #expect(try parser.next() == nil)
    }
}
