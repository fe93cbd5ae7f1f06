import EngineTestSupport
import Foundation
import Testing

/// A tiny encoder, and what an independent script computed from it (see References/architectures/record.py).
struct EncoderRecipe: Decodable, CustomTestStringConvertible {
    let model: ModelRecipe
    let types: [Int32]
    /// Of the text alone, all tokens of the first type: the mean of the states, scaled to a length of 1.
    let vector: [Double]
    let classes: [Double]
    let begins: [Double]
    let ends: [Double]

    var testDescription: String { model.name }

    private enum Key: CodingKey { case types, vector, classes, begins, ends }

    init(from decoder: any Decoder) throws {
        model = try ModelRecipe(from: decoder)
        let container = try decoder.container(keyedBy: Key.self)
        types = try container.decode([Int32].self, forKey: .types)
        vector = try container.decode([Double].self, forKey: .vector)
        classes = try container.decode([Double].self, forKey: .classes)
        begins = try container.decode([Double].self, forKey: .begins)
        ends = try container.decode([Double].self, forKey: .ends)
    }

    static let all = ModelRecipe.fixture?.encoders ?? []
}
