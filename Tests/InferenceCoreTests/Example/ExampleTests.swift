import EngineTestSupport
import Foundation
import Testing

struct ExampleTests {
    @Test("the README shows the example that is compiled here")
    func readme() throws {
        let root = RulesTests.sources.deletingLastPathComponent()
        let readme = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
        let example = try String(contentsOf: folder.appending(path: "Example.swift"), encoding: .utf8)
        #expect(readme.contains("<!-- example -->\n```swift\n\(example)```\n"))
    }

    @Test("the example runs")
    func runs() async throws {
        let folder = try TemporaryFolder()
        var tiny = TinyModel(.llama)
        tiny.contextLength = 2048
        try await ask("hi", modelAt: tiny.write(to: folder))
    }
}
