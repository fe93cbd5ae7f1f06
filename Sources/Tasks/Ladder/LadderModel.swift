import Chat
import Evaluation
import Foundation

/// One file of a model that exists in several, opened: what a ladder measures. Its texts come in chunks that both it and
/// the widest file are led through.
public protocol LadderModel: Sendable {
    /// What is known of the file.
    var facts: LadderFacts { get }

    /// Leads the model and the widest one through a chunk of the text, and holds them against each other place by place.
    func score(chunk: Int) async throws -> ChunkScore

    /// - Returns: tokens a second.
    func speed(of pass: LadderPass) async throws -> Double

    /// Bytes that it holds in memory now.
    func memoryUse() -> Int?
}

/// How tokens go through a model.
public enum LadderPass: String, Sendable, Codable, CaseIterable {
    /// Together, as a prompt does.
    case prefill
    /// One after the other, as an answer does.
    case decode
}

/// What is known of a file before anything is measured.
public struct LadderFacts: Sendable, Equatable, Codable {
    /// Such as "Q4_K_M".
    public var format: String
    public var bytes: Int
    /// Weights in all.
    public var parameters: Int

    public init(format: String, bytes: Int, parameters: Int) {
        self.format = format
        self.bytes = bytes
        self.parameters = parameters
    }

    /// Bits of the file for each weight, with everything else that is in the file.
    public var bitsPerWeight: Double { Double(bytes) * 8 / Double(max(1, parameters)) }
}

/// What came of one chunk of the text: a figure for each of its places, in order.
public struct ChunkScore: Sendable, Equatable, Codable {
    /// Negative log-likelihood of each token, in nats.
    public var losses: [Float]
    /// KL(widest ‖ this) at each place, in nats; not a number where either has no distribution. 0 for the widest itself.
    public var divergences: [Float]
    /// Places where both hold the same token likeliest.
    public var agreements: Int

    public init(losses: [Float], divergences: [Float], agreements: Int) {
        self.losses = losses
        self.divergences = divergences
        self.agreements = agreements
    }
}
