/// Adds up the energy of a stretch of time.
public struct EnergyMeter: Sendable {
    /// What was used, or why that can't be told.
    public enum Result: Sendable, Equatable {
        /// - Parameter domain: whose counters were added: "package-0", or several such names.
        case measured(joules: Double, domain: String)
        case unavailable(reason: String)
    }

    private let counter: EnergyCounter
    private var domains: [EnergyCounter.Domain] = []
    /// What each domain's counter said last.
    private var latest: [UInt64] = []
    private var microjoules: UInt64 = 0
    private var failure: EnergyCounter.Unavailable?

    /// Begins now.
    public init(_ counter: EnergyCounter = EnergyCounter()) {
        self.counter = counter
        do throws(EnergyCounter.Unavailable) {
            domains = try counter.packages()
            for domain in domains { latest.append(try counter.reading(domain)) }
        } catch {
            failure = error
        }
    }

    /// Takes in what was used since the last time. A counter begins again after some minutes at full power: this must
    /// be called more often than that.
    public mutating func update() {
        guard failure == nil else { return }
        do throws(EnergyCounter.Unavailable) {
            for (index, domain) in domains.enumerated() {
                let reading = try counter.reading(domain)
                microjoules &+= Self.difference(from: latest[index], to: reading, range: domain.range)
                latest[index] = reading
            }
        } catch {
            failure = error
        }
    }

    /// As of the last update.
    public var result: Result {
        if let failure { return .unavailable(reason: failure.reason) }
        return .measured(joules: Double(microjoules) / 1e6, domain: domains.map(\.name).joined(separator: " + "))
    }

    /// What was counted between two readings of a counter that begins again at zero behind `range`.
    static func difference(from earlier: UInt64, to later: UInt64, range: UInt64) -> UInt64 {
        guard later < earlier else { return later - earlier }
        // A reading beyond the range it is said to have tells nothing of what was before.
        return range >= earlier ? range - earlier &+ later : later
    }
}
