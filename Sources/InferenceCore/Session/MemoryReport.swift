/// The memory of a session, in bytes.
public struct MemoryReport: Sendable, Equatable {
    /// Size of the mapped weights.
    public var weightsMapped: Int
    /// The part of the mapping that is in memory now (Rss).
    public var weightsResident: Int
    /// The same, with pages shared between n processes counted as 1/n (Pss).
    public var weightsProportional: Int
    /// Weights copied into another layout or format.
    public var repacked: Int
    /// Keys and values of the context, as allocated.
    public var keyValueCache: Int
    /// Activations, logits and the workers' own space.
    public var scratch: Int

    /// What the model costs: resident weights, copies, KV cache and scratch.
    public var total: Int { weightsResident + repacked + keyValueCache + scratch }
}
