import Chat

/// What a solver took and cost in a run, as documents and tables carry it.
public struct SolverFigures: Sendable, Equatable, Codable {
    public var name: String
    public var kind: SolverProfile.Kind
    public var fingerprint: String
    /// Of its files; nil where it isn't known.
    public var bytes: Int?
    /// The most that it held in memory.
    public var memoryBytes: Int?
    public var examples: Int
    public var p50Milliseconds: Double?
    public var p95Milliseconds: Double?
    public var itemsPerHour: Double?
    public var costPerThousand: Double?
    public var currency: String?

    public init(_ result: SolverResult) {
        name = result.profile.name
        kind = result.profile.kind
        fingerprint = result.profile.fingerprint
        bytes = result.profile.bytes
        memoryBytes = result.measurement.memoryBytes
        examples = result.outcomes.count
        p50Milliseconds = result.latency?.p50.milliseconds
        p95Milliseconds = result.latency?.p95.milliseconds
        itemsPerHour = result.itemsPerHour
        costPerThousand = result.costPerThousand
        currency = costPerThousand == nil ? nil : result.profile.price?.currency
    }

    /// "$0.42".
    public var costText: String {
        guard let costPerThousand else { return FigureText.missing }
        return Cost(amount: costPerThousand, currency: currency ?? "$", basis: .elapsedTime).text
    }
}
