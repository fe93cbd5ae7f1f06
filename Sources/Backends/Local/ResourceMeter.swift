import Chat
import Machine

/// Measures what a run takes of the machine.
struct ResourceMeter {
    private let start: ContinuousClock.Instant
    private let processorStart = ProcessorClock.now
    private var energy: EnergyMeter

    /// - Parameter start: when the run began: just now.
    init(energy: EnergyCounter, start: ContinuousClock.Instant) {
        self.start = start
        self.energy = EnergyMeter(energy)
    }

    /// Reads the energy counters; more often than once in some minutes.
    mutating func update() {
        energy.update()
    }

    /// What the run took until now; of energy, until the last update.
    var use: ResourceUse {
        ResourceUse(
            processorTime: ProcessorClock.now - processorStart, elapsed: .now - start,
            energy: ResourceUse.Energy(energy.result))
    }
}

extension ResourceUse.Energy {
    init(_ result: EnergyMeter.Result) {
        self =
            switch result {
            case .measured(let joules, let domain): .measured(joules: joules, domain: domain)
            case .unavailable(let reason): .unavailable(reason)
            }
    }
}
