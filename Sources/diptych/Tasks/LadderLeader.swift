import InferenceCore
import Tasks

/// The widest file of a ladder, and the text in its tokens. It is led through each chunk once for all rungs.
actor LadderLeader {
    nonisolated let session: Session
    /// Tokens of the text, in chunks that begin anew.
    nonisolated let chunks: [[TokenID]]
    private var latest: (chunk: Int, logits: TextLogits)?

    /// Blocks: call it on a thread of its own.
    /// - Throws: `ModelError/textTooShort` for less than a chunk, and what opening throws.
    init(path: String, runtime: Runtime, text: [UInt8], chunkLength: Int) throws {
        let model = try Model(path: path, runtime: runtime)
        let tokens = model.tokenizer.encode(bytes: text, addSpecial: true, parseSpecial: false)
        chunks = model.chunks(of: tokens, length: chunkLength)
        guard !chunks.isEmpty else { throw ModelError.textTooShort(tokens: tokens.count, needed: chunkLength) }
        // Speeds are measured with more tokens than a short chunk has, where the model takes so many.
        let measured = min(LadderSession.measuredTokens.prefill + 1, model.shape.contextLength)
        session = try Session(model: model, contextLength: max(chunkLength, measured))
    }

    /// What the model makes of the second half of a chunk. The latest chunk's are kept: rungs take turns at each.
    func logits(of chunk: Int) async throws -> TextLogits {
        if let latest, latest.chunk == chunk { return latest.logits }
        // Two chunks' logits would be held at once.
        latest = nil
        let logits = try await session.logits(throughout: chunks[chunk], from: Self.first(of: chunks[chunk]))
        latest = (chunk, logits)
        return logits
    }

    /// As perplexity is defined: the first half of a chunk is what the second one is predicted from.
    static func first(of chunk: [TokenID]) -> Int { chunk.count / 2 }
}

/// One file of a ladder, opened by the engine.
struct LadderSession: LadderModel {
    private let session: Session
    private let leader: LadderLeader

    /// Tokens that go through at once, or one after the other, when speed is measured.
    static let measuredTokens = (prefill: 512, decode: 64)

    /// - Parameter session: the leader's own for the widest file.
    init(_ session: Session, leader: LadderLeader) {
        self.session = session
        self.leader = leader
    }

    var facts: LadderFacts {
        LadderFacts(
            format: session.model.formatName, bytes: session.model.byteCount, parameters: session.model.parameterCount)
    }

    func score(chunk: Int) async throws -> ChunkScore {
        let logits = try await leader.logits(of: chunk)
        var scores = logits.scores
        let isWidest = session === leader.session
        if !isWidest {
            let text = leader.chunks[chunk]
            scores = try await session.scores(of: text, from: LadderLeader.first(of: text), against: logits)
        }
        return ChunkScore(
            losses: scores.map { Float(-$0.logprob) },
            divergences: scores.map { isWidest ? 0 : Float($0.divergence ?? .nan) },
            agreements: zip(scores, logits.scores).count { $0.favourite.id == $1.favourite.id })
    }

    func speed(of pass: LadderPass) async throws -> Double {
        let (kind, count) =
            switch pass {
            case .prefill: (MeasuredPass.prefill, min(Self.measuredTokens.prefill, session.contextLength - 1))
            case .decode: (MeasuredPass.decode, min(Self.measuredTokens.decode, session.contextLength - 1))
            }
        return Double(count) / (try await session.measure(kind, tokens: count) / .seconds(1))
    }

    func memoryUse() -> Int? {
        let memory = session.memory()
        return memory.weightsResident + memory.repacked + memory.keyValueCache + memory.scratch
    }
}
