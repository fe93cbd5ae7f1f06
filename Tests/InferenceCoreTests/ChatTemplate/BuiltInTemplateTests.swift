import Foundation
import InferenceCore
import Testing

@Suite("Built-in chat templates")
struct BuiltInTemplateTests {
    private static let names = BuiltInTemplate.all.map(\.name)

    private func template(_ name: String) throws -> ChatTemplate {
        try ChatTemplate(source: try #require(BuiltInTemplate.named(name)).source)
    }

    /// `record-built-in.py` beside the fixture tells how it was recorded.
    @Test("write what llama.cpp writes for these families", arguments: names)
    func recorded(name: String) throws {
        let folder = try #require(Bundle.module.resourceURL).appending(path: "Fixtures")
        let document = try JSONValue(parsing: Data(contentsOf: folder.appending(path: "built-in.json")))
        let cases = try #require(document.arrayValue).filter { $0["template"]?.stringValue == name }
        #expect(cases.count >= 10)
        let template = try template(name)
        for recorded in cases {
            let turns = try #require(recorded["turns"]?.arrayValue).map { turn in
                (role: turn.arrayValue?[0].stringValue ?? "", content: turn.arrayValue?[1].stringValue ?? "")
            }
            let prompt = try template.render(
                turns, addGenerationPrompt: recorded["begins_answer"] == .boolean(true),
                endOfSequence: recorded["end"]?.stringValue ?? "")
            #expect(prompt == recorded["prompt"]?.stringValue, "\(turns)")
        }
    }

    @Test("begin with the beginning of the sequence, and take contents in parts", arguments: names)
    func parts(name: String) throws {
        let template = try template(name)
        let parts: JSONValue = [["type": "text", "text": "Hi"], ["type": "image"], ["type": "text", "text": " you"]]
        func prompt(_ content: JSONValue) throws -> String {
            try template.render(messages: [["role": "user", "content": content]], beginningOfSequence: "<B>")
        }
        #expect(try prompt(parts) == prompt("Hi you"))
        #expect(try prompt("Hi you").hasPrefix("<B>"))
        #expect(try !prompt(nil).contains("None"))
    }

    @Test("have names of their own")
    func unique() {
        #expect(Set(Self.names).count == Self.names.count)
        #expect(BuiltInTemplate.named("nonesuch") == nil)
    }
}
