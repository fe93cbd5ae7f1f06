import Foundation
import InferenceCore
import Testing

/// What jinja2 made of the templates in `Fixtures`; `record.py` there tells how it was recorded.
private struct Recording {
    let variables: JSONObject
    let expressions: [(source: String, output: String?)]
    let statements: [(source: String, output: String?)]
    let prompts: [JSONValue]

    static let now = CivilTime(year: 2026, month: 3, day: 7, hour: 15, minute: 4, second: 9)

    init() throws {
        let recorded = try Fixture.json("recorded")
        variables = try #require(recorded["variables"]?.objectValue)
        expressions = try Self.cases(try #require(recorded["expressions"]))
        statements = try Self.cases(try #require(recorded["statements"]))
        prompts = try #require(recorded["prompts"]?.arrayValue)
    }

    private static func cases(_ value: JSONValue) throws -> [(source: String, output: String?)] {
        try #require(value.arrayValue).map { pair in
            let parts = try #require(pair.arrayValue)
            return (try #require(parts[0].stringValue), parts[1].stringValue)
        }
    }

    /// What we make of a template; nil where it fails.
    static func rendered(_ source: String, _ variables: JSONObject) -> String? {
        try? ChatTemplate(source: source).render(
            messages: variables["messages"] ?? [],
            addGenerationPrompt: variables["add_generation_prompt"] != .boolean(false),
            beginningOfSequence: "<s>", endOfSequence: "</s>", variables: variables, now: now)
    }
}

private enum Fixture {
    static func bytes(_ path: String) throws -> Data {
        let folder = try #require(Bundle.module.resourceURL).appending(path: "Fixtures")
        return try Data(contentsOf: folder.appending(path: path))
    }

    static func json(_ name: String) throws -> JSONValue {
        try JSONValue(parsing: bytes(name + ".json"))
    }
}

@Suite("What jinja2 recorded")
struct RecordedTemplateTests {
    @Test("Expressions")
    func expressions() throws {
        let recording = try Recording()
        #expect(recording.expressions.count > 500)
        for (source, output) in recording.expressions {
            #expect(Recording.rendered("{{ " + source + " }}", recording.variables) == output, "\(source)")
        }
    }

    @Test("Statements, scopes and white space")
    func statements() throws {
        let recording = try Recording()
        #expect(recording.statements.count > 500)
        for (source, output) in recording.statements {
            #expect(Recording.rendered(source, recording.variables) == output, "\(source)")
        }
    }

    @Test("Whole conversations")
    func prompts() throws {
        let recording = try Recording()
        let conversations = try #require(try Fixture.json("conversations").arrayValue)
        var variables: [String: JSONObject] = [:]
        for conversation in conversations {
            let name = try #require(conversation["name"]?.stringValue)
            variables[name] = try #require(conversation["variables"]?.objectValue)
        }
        #expect(recording.prompts.count > 100)
        for prompt in recording.prompts {
            let name = try #require(prompt["template"]?.stringValue)
            let conversation = try #require(prompt["conversation"]?.stringValue)
            let source = String(decoding: try Fixture.bytes("Templates/" + name), as: UTF8.self)
            let output = Recording.rendered(source, try #require(variables[conversation]))
            #expect(output == prompt["output"]?.stringValue, "\(name), \(conversation)")
        }
    }
}
