import Chat
import ChatTestSupport
import Foundation
import Testing

@testable import Server

@Suite struct EmbeddingTests {
    /// A vector that says how long the text is.
    private struct CountingEncoder: TextEmbedding {
        let profile = ModelProfile.scripted(contextLength: 8)
        let dimensions = 2

        func embed(_ text: String) throws -> TextVector {
            guard text.count <= 8 else { throw TooLong() }
            return TextVector(components: [Float(text.count), 0.5], tokens: text.count + 2)
        }
    }

    private struct TooLong: RefusingError {
        var refusal: Refusal? { .unusable("the text has 11 tokens, the model reads 8") }
    }

    private func answer(_ body: String, path: String = "/v1/embeddings") async throws -> RecordingExchange {
        try await Service(
            models: [ServedModel(id: "mini", encoder: CountingEncoder())], configuration: ServerConfiguration()
        ).answer("POST", path, body)
    }

    @Test("every text gets its vector, in order")
    func vectors() async throws {
        let json = try await answer(#"{"model":"mini","input":["abc","de"]}"#).json
        #expect(json["object"].text == "list" && json["model"].text == "mini")
        #expect(json["data"].elements.map { $0["embedding"].elements.compactMap(\.number) } == [[3, 0.5], [2, 0.5]])
        #expect(json["data"].elements.compactMap { $0["index"].number } == [0, 1])
        #expect(json["usage"]["prompt_tokens"].number == 9 && json["usage"]["total_tokens"].number == 9)
    }

    @Test("vectors may come as text that stands for little-endian floats")
    func base64() async throws {
        let json = try await answer(#"{"input":"abc","encoding_format":"base64","dimensions":2}"#).json
        let data = try #require(Data(base64Encoded: json["data"][0]["embedding"].text ?? ""))
        #expect(Array(data) == [0, 0, 0x40, 0x40, 0, 0, 0, 0x3F])
    }

    @Test(
        "what can't be done is named",
        arguments: [
            (#"{"input":[]}"#, "input"), (#"{"input":[1,2]}"#, "input"), (#"{"input":5}"#, "input"),
            (#"{"input":"a","dimensions":1}"#, "dimensions"),
            (#"{"input":"a","encoding_format":"hex"}"#, "encoding_format"),
            ("{}", "input"),
        ])
    func wrong(body: String, param: String) async throws {
        let exchange = try await answer(body)
        #expect(await exchange.response?.status == .badRequest)
        #expect(await exchange.json["error"]["param"].text == param)
    }

    @Test("a text that is too long isn't cut but refused")
    func tooLong() async throws {
        let exchange = try await answer(#"{"input":"abcdefghi"}"#)
        #expect(await exchange.response?.status == .badRequest)
        #expect(await exchange.json["error"]["message"].text?.contains("11 tokens") == true)
    }

    @Test("an encoder answers no chats")
    func noChat() async throws {
        let exchange = try await answer(
            #"{"messages":[{"role":"user","content":"hi"}]}"#, path: "/v1/chat/completions")
        #expect(await exchange.json["error"]["code"].text == "model_not_capable")
    }
}
