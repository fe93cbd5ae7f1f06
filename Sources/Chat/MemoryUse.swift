/// The memory of one model, in bytes, as accounted and measured by its backend.
public struct MemoryUse: Sendable, Equatable {
    /// Size of the mapped weights.
    public var weightsMapped: Int
    /// The part of the mapping that is in memory now (Rss of the mapping).
    public var weightsResident: Int
    /// Weights copied into another layout.
    public var repacked: Int
    /// Keys and values of the context, as allocated.
    public var keyValueCache: Int
    /// Activations and other working space.
    public var scratch: Int

    public init(weightsMapped: Int, weightsResident: Int, repacked: Int, keyValueCache: Int, scratch: Int) {
        self.weightsMapped = weightsMapped
        self.weightsResident = weightsResident
        self.repacked = repacked
        self.keyValueCache = keyValueCache
        self.scratch = scratch
    }

    /// "Memory of a model": resident weights, repacked weights, KV cache and scratch.
    public var total: Int { weightsResident + repacked + keyValueCache + scratch }
}

/// How much memory a model held at one moment of a run.
public struct MemorySample: Sendable, Equatable {
    /// ``MemoryUse/total``.
    public var bytes: Int
    /// From the start of the request's clock.
    public var at: Duration

    public init(bytes: Int, at: Duration) {
        self.bytes = bytes
        self.at = at
    }
}
