extension Quantizer {
    /// Bytes that the tensors will have, and those that they have now.
    public var plannedBytes: (before: Int, after: Int) {
        plan().reduce((0, 0)) { ($0.0 + ($1.source.byteCount ?? 0), $0.1 + $1.target.byteCount) }
    }
}
