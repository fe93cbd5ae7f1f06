import Evaluation
import Foundation

/// One thing that is done with each rung of a ladder, in turns. Each is an example of the run, so that what was done is
/// kept, and an interrupted ladder goes on where it was.
enum LadderStep: Equatable {
    /// What the file is.
    case facts
    case chunk(Int)
    case speed(LadderPass, round: Int)

    var id: String {
        switch self {
        case .facts: "file"
        case .chunk(let index): "chunk \(index + 1)"
        case .speed(let pass, let round): "\(pass.rawValue) \(round + 1)"
        }
    }

    init?(id: String) {
        let parts = id.split(separator: " ")
        guard let name = parts.first else { return nil }
        if id == "file" {
            self = .facts
        } else if parts.count == 2, let number = Int(parts[1]), number > 0 {
            if name == "chunk" {
                self = .chunk(number - 1)
            } else if let pass = LadderPass(rawValue: String(name)) {
                self = .speed(pass, round: number - 1)
            } else {
                return nil
            }
        } else {
            return nil
        }
    }
}

/// What is measured of each rung.
public struct LadderPlan: Sendable, Equatable {
    /// The text's chunks that are scored.
    public var chunks: Int
    /// How often each speed is measured.
    public var rounds: Int

    public init(chunks: Int, rounds: Int) {
        self.chunks = chunks
        self.rounds = rounds
    }

    /// The steps as a run's examples. The speeds come last: then all weights have been read.
    public var examples: [Example] {
        var steps = [LadderStep.facts] + (0..<chunks).map { .chunk($0) }
        for round in 0..<rounds { steps += LadderPass.allCases.map { .speed($0, round: round) } }
        return steps.map { Example(id: $0.id, text: $0.id) }
    }
}

/// Measures one rung, step by step.
public final class LadderSolver: Solver {
    public let profile: SolverProfile
    private let model: any LadderModel

    public init(_ model: any LadderModel, profile: SolverProfile) {
        self.model = model
        self.profile = profile
    }

    /// - Returns: the step's result as JSON.
    public func solve(_ example: Example) async throws -> Solution {
        switch LadderStep(id: example.id) {
        case .facts: return try Self.solution(model.facts)
        case .chunk(let index): return try Self.solution(try await model.score(chunk: index))
        case .speed(let pass, _): return try Self.solution(try await model.speed(of: pass))
        case nil: throw TaskError("'\(example.id)' is no step of a ladder")
        }
    }

    public func memoryUse() -> Int? { model.memoryUse() }

    private static func solution(_ value: some Encodable) throws -> Solution {
        let encoder = JSONEncoder()
        encoder.nonConformingFloatEncodingStrategy = strategy
        return Solution(answer: String(decoding: try encoder.encode(value), as: UTF8.self))
    }

    /// The value that a step brought; nil where it hasn't been done.
    static func value<Value: Decodable>(_ type: Value.Type, of step: LadderStep, in result: SolverResult) -> Value? {
        result.outcomes[step.id]?.solution.flatMap { value(type, in: $0.answer) }
    }

    /// - Parameter answer: a step's result as JSON.
    static func value<Value: Decodable>(_ type: Value.Type, in answer: String) -> Value? {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return try? decoder.decode(type, from: Data(answer.utf8))
    }

    private static let strategy = JSONEncoder.NonConformingFloatEncodingStrategy.convertToString(
        positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
}
