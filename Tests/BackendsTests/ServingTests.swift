import Backends
import Chat
import EngineTestSupport
import Foundation
import InferenceCore
import Testing

/// What a server needs of local models.
@Suite struct ServingTests {
    private func sessions(_ count: Int, contextLength: Int = 200) throws -> [LocalBackend] {
        let folder = try TemporaryFolder()
        return try withExtendedLifetime(folder) {
            try LocalBackend.open(
                path: TinyModel(.qwen2).write(to: folder), name: "tiny", runtime: Runtime(threads: 2), sessions: count,
                contextLength: contextLength)
        }
    }

    private func tokens(_ backend: LocalBackend, _ text: String) async throws -> [ChatToken.Alternative] {
        let request = ChatRequest(
            messages: [Message(role: .user, content: text)], maximumTokens: 12, topLogprobs: 1)
        var tokens: [ChatToken.Alternative] = []
        for try await case .token(let token) in backend.respond(to: request) { tokens += token.alternatives }
        return tokens
    }

    @Test("conversations over the same weights don't disturb each other")
    func independence() async throws {
        let texts = ["hello", "world", "one two three"]
        let sessions = try sessions(3)
        #expect(sessions.count == 3 && sessions.allSatisfy { $0.profile == sessions[0].profile })
        #expect(sessions[0].trainedContextLength >= 200 && sessions[0].profile.contextLength == 200)
        let alone = try self.sessions(1)[0]
        var expected: [[ChatToken.Alternative]] = []
        for text in texts { expected.append(try await tokens(alone, text)) }
        #expect(Set(expected.map { $0.map(\.id) }).count > 1, "else a mix-up wouldn't show")
        for _ in 0..<5 {
            let answers = try await withThrowingTaskGroup(of: (Int, [ChatToken.Alternative]).self) { group in
                for (index, text) in texts.enumerated() {
                    group.addTask { (index, try await tokens(sessions[index], text)) }
                }
                return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
            for index in texts.indices { #expect(answers[index] == expected[index]) }
        }
    }

    @Test("what lies with the request is told apart from what lies with the model")
    func refusals() async throws {
        let backend = try sessions(1, contextLength: 20)[0]
        do {
            _ = try await tokens(backend, String(repeating: "hello world ", count: 50))
            Issue.record("the prompt fits")
        } catch let error as any RefusingError {
            guard case .tooLong(let tokens, limit: 20) = error.refusal else {
                Issue.record("\(String(describing: error.refusal))")
                return
            }
            #expect(tokens >= 50)
        }
        #expect(ModelError.emptyPrompt.refusal != nil)
        #expect(ModelError.missingTensor(path: "/model", name: "x").refusal == nil)
    }

    @Test("an encoder's vectors are the engine's; a text that is too long isn't cut")
    func encoder() async throws {
        guard let weights = try RealModel.path("all-minilm-l6-v2") else { return }
        let path = URL(filePath: weights).deletingLastPathComponent().path
        let runtime = Runtime(threads: 2)
        let encoder = try LocalEncoder(path: path, name: "minilm", runtime: runtime)
        #expect(encoder.dimensions == 384 && encoder.profile.architecture == "bert")
        #expect(encoder.profile.parameterCount ?? 0 > 20_000_000 && encoder.profile.fileBytes ?? 0 > 80_000_000)
        let engine = try TextEncoder(path: path, runtime: runtime)
        let tokens = engine.encode("A cat sits on the mat.").tokens
        let vector = try await encoder.embed("A cat sits on the mat.")
        #expect(try await vector == TextVector(components: engine.vector(of: tokens), tokens: tokens.count))
        let error = await #expect(throws: TextTooLong.self) {
            try await encoder.embed(String(repeating: "cat ", count: 600))
        }
        #expect(error?.tokens == 602 && error?.limit == 256)
    }
}
