import EngineTestSupport
import Foundation
import Testing

@testable import InferenceCore

/// Classes, entities and answers as they stand in a text, from an encoder whose states say which token is where: its
/// attention and feed-forward parts are zero, and each token has a dimension of its own.
struct TextAnswerTests {
    private static let vocabulary = [
        "[PAD]", "[UNK]", "[CLS]", "[SEP]", "anna", "lives", "in", "new", "york", "##s", "paris", "?", ".", "where",
    ]
    private static let (width, labels) = (32, ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"])

    /// Weights that look at single tokens' dimensions.
    private static func rows(_ tokens: [[String]]) -> [Float] {
        tokens.flatMap { row in
            (0..<width).map { $0 < vocabulary.count && row.contains(vocabulary[$0]) ? 10 : 0 }
        }
    }

    private func encoder(type: String = "bert", extra: [SafetensorsWriter.Tensor]) throws -> TextEncoder {
        let (width, count) = (Self.width, Self.vocabulary.count)
        func zeros(_ name: String, _ shape: [Int]) -> SafetensorsWriter.Tensor {
            .init(name: name, shape: shape, floats: [Float](repeating: 0, count: shape.reduce(1, *)))
        }
        func norm(_ name: String) -> [SafetensorsWriter.Tensor] {
            [
                .init(name: "\(name).weight", shape: [width], floats: [Float](repeating: 1, count: width)),
                zeros("\(name).bias", [width]),
            ]
        }
        let eye = (0..<count * width).map { $0 / width == $0 % width ? Float(1) : 0 }
        var tensors: [SafetensorsWriter.Tensor] = [
            .init(name: "bert.embeddings.word_embeddings.weight", shape: [count, width], floats: eye),
            zeros("bert.embeddings.position_embeddings.weight", [24, width]),
            zeros("bert.embeddings.token_type_embeddings.weight", [2, width]),
        ]
        tensors += norm("bert.embeddings.LayerNorm")
        let block = "bert.encoder.layer.0"
        for name in [
            "attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense",
            "intermediate.dense", "output.dense",
        ] {
            tensors += [zeros("\(block).\(name).weight", [width, width]), zeros("\(block).\(name).bias", [width])]
        }
        tensors += norm("\(block).attention.output.LayerNorm") + norm("\(block).output.LayerNorm") + extra
        let names = Self.labels.enumerated().map { "\"\($0.offset)\":\"\($0.element)\"" }.joined(separator: ",")
        let config = """
            {"model_type":"\(type)","hidden_size":\(width),"num_hidden_layers":1,"num_attention_heads":2,
             "intermediate_size":\(width),"max_position_embeddings":24,"layer_norm_eps":1e-12,"id2label":{\(names)}}
            """
        let folder = try TemporaryFolder()
        _ = try folder.write(Array(config.utf8), as: "config.json")
        _ = try folder.write(Array(Self.vocabulary.joined(separator: "\n").utf8), as: "vocab.txt")
        _ = try folder.write(
            Array(#"{"do_lower_case":true,"tokenizer_class":"BertTokenizer"}"#.utf8), as: "tokenizer_config.json")
        _ = try folder.write(SafetensorsWriter(tensors: tensors).bytes, as: "model.safetensors")
        return try withExtendedLifetime(folder) {
            try TextEncoder(path: folder.path, runtime: Runtime(threads: 1))
        }
    }

    private static let tagger: [SafetensorsWriter.Tensor] = [
        .init(
            name: "classifier.weight", shape: [5, width],
            floats: rows([
                ["lives", "in", ".", "where", "?", "[CLS]", "[SEP]"], ["anna"], [], ["new", "paris"], ["york"],
            ])),
        .init(name: "classifier.bias", shape: [5], floats: [0, 0, 0, 0, 0]),
    ]

    @Test("entities come as they stand in the text, pieces and followers joined")
    func entities() async throws {
        let encoder = try encoder(extra: Self.tagger)
        let found = try await encoder.entities(in: "Anna lives in New Yorks. Paris?")
        #expect(found.map(\.text) == ["Anna", "New Yorks", "Paris"])
        #expect(found.map(\.label) == ["PER", "LOC", "LOC"])
        #expect(found.allSatisfy { $0.probability > 0.5 && $0.probability <= 1 })
        #expect(try await encoder.entities(in: "  ").isEmpty)
    }

    @Test("an answer is the passage with the best beginning and end, and longer texts than the model reads are cut")
    func answer() async throws {
        let span = Self.rows([["new"], ["york"]])
        let encoder = try encoder(extra: [
            .init(name: "qa_outputs.weight", shape: [2, Self.width], floats: span),
            .init(name: "qa_outputs.bias", shape: [2], floats: [0, 0]),
        ])
        let answer = try #require(try await encoder.answer("Where lives Anna?", in: "Anna lives in  New York."))
        #expect(answer.text == "New York")
        #expect(answer.probability > 0.5)
        let long = String(repeating: "Anna lives. ", count: 30)
        #expect(try await encoder.answer("Where?", in: long) != nil)
        #expect(try await encoder.answer("Where?", in: "") == nil)
        await #expect(throws: ModelError.self) { _ = try await encoder.classify("Anna") }
    }

    @Test("classes of a text have their names, the likeliest first")
    func classes() async throws {
        let encoder = try encoder(extra: [
            .init(name: "classifier.weight", shape: [5, Self.width], floats: Self.rows([[], [], ["[CLS]"], [], []])),
            .init(name: "classifier.bias", shape: [5], floats: [0, 1, 0, 0, 0]),
        ])
        let labels = try await encoder.classify("Anna lives in Paris.")
        #expect(labels.map(\.name).prefix(2) == ["I-PER", "B-PER"])
        #expect(abs(labels.reduce(0) { $0 + $1.probability } - 1) < 1e-9)
        let pair = try await encoder.classify("Anna", and: "Paris")
        #expect(pair.first?.name == "I-PER")
        await #expect(throws: ModelError.self) { _ = try await encoder.answer("Where?", in: "Paris") }
    }
}
