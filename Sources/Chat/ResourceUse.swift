/// What a run took of the machine it ran on.
public struct ResourceUse: Sendable, Equatable {
    /// Energy, as far as the machine says.
    public enum Energy: Sendable, Equatable {
        /// Joules that a processor's own counter added up while the run went on, whoever used them.
        case measured(joules: Double, domain: String)
        /// Why there is no figure, in a few words.
        case unavailable(String)
    }

    /// CPU time of this process, all threads together, since the run began. Runs that share the process share it.
    public var processorTime: Duration
    /// Wall time in which it was spent.
    public var elapsed: Duration
    public var energy: Energy

    public init(processorTime: Duration, elapsed: Duration, energy: Energy) {
        self.processorTime = processorTime
        self.elapsed = elapsed
        self.energy = energy
    }

    /// How many processors were busy on average; nil where no time went by.
    public var busyProcessors: Double? {
        elapsed > .zero ? processorTime / elapsed : nil
    }
}
