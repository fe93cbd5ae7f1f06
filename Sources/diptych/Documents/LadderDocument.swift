import Chat
import Evaluation
import Tasks

/// What `ladder --json` writes. Divergences are in nats, speeds in tokens a second.
struct LadderDocument: JSONDocument {
    struct Rung: Codable, Sendable, Equatable {
        struct Speed: Codable, Sendable, Equatable {
            var median: Double
            var minimum: Double
            var maximum: Double
        }

        struct Ratio: Codable, Sendable, Equatable {
            var value: Double
            var low: Double
            var high: Double
        }

        struct Divergence: Codable, Sendable, Equatable {
            var mean: Double
            var median: Double
            var p99: Double
            var largest: Double
            var places: Int
        }

        var name: String
        var format: String
        var fileBytes: Int
        var parameters: Int
        var bitsPerWeight: Double
        var perplexity: Double?
        var perplexityError: Double?
        /// This perplexity divided by the widest one's, with its 95 % interval; missing for the widest.
        var perplexityRatio: Ratio?
        /// KL(widest ‖ rung).
        var divergence: Divergence?
        /// Places where both hold the same token likeliest.
        var agreement: ShareFigures?
        var prefill: Speed?
        var decode: Speed?
        var memoryBytes: Int?
    }

    var schema = 1
    let model: String
    let chunks: Int
    let rounds: Int
    /// The share by which perplexity may rise.
    let limit: Double
    /// The smallest rung that is surely within the limit; missing where none is.
    let smallest: String?
    /// Smaller ones of which the text is too short to tell.
    let undecided: [String]
    let notes: [String]
    /// The widest first.
    let rungs: [Rung]

    init(_ ladder: Ladder) {
        model = ladder.title
        chunks = ladder.plan.chunks
        rounds = ladder.plan.rounds
        limit = ladder.limit
        notes = ladder.notes
        rungs = ladder.rungs.map(Rung.init)
        switch ladder.verdict {
        case .smallest(let index, let open):
            (smallest, undecided) = (ladder.rungs[index].name, open.map { ladder.rungs[$0].name })
        case .none(let open): (smallest, undecided) = (nil, open.map { ladder.rungs[$0].name })
        case .unknown: (smallest, undecided) = (nil, [])
        }
    }
}

extension LadderDocument.Rung {
    init(_ rung: LadderRung) {
        self.init(
            name: rung.name, format: rung.facts.format, fileBytes: rung.facts.bytes, parameters: rung.facts.parameters,
            bitsPerWeight: rung.facts.bitsPerWeight, perplexity: rung.perplexity?.value,
            perplexityError: rung.perplexity?.standardError,
            perplexityRatio: rung.perplexityRatio.map {
                Ratio(value: $0.value, low: $0.interval.lowerBound, high: $0.interval.upperBound)
            },
            divergence: rung.divergence.map {
                Divergence(
                    mean: $0.mean, median: $0.median, p99: $0.p99, largest: $0.largest, places: $0.places)
            },
            agreement: ShareFigures(rung.agreement), prefill: rung.prefill.map(Speed.init),
            decode: rung.decode.map(Speed.init), memoryBytes: rung.memoryBytes)
    }
}

extension LadderDocument.Rung.Speed {
    init(_ spread: Spread) {
        self.init(median: spread.median, minimum: spread.smallest, maximum: spread.largest)
    }
}
