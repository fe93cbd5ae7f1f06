import Testing

@testable import Transport

@Suite struct ContentRangeTests {
    @Test func readsWhatTheStandardAllows() {
        #expect(ContentRange("bytes 0-499/1234")?.total == 1234)
        #expect(ContentRange("bytes 500-999/1234")?.first == 500)
        #expect(ContentRange("bytes 42-1233/*")?.total == nil)
        #expect(ContentRange("bytes 42-1233/*")?.last == 1233)
    }

    @Test(arguments: ["", "bytes", "bytes */1234", "bytes 9-5/10", "items 0-1/2", "bytes -1-2/3", "bytes a-b/c"])
    func refusesTheRest(value: String) {
        #expect(ContentRange(value) == nil)
    }
}
