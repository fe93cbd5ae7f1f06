extension Weights {
    /// Bytes that are in memory now, copies among those. Blocks for about a millisecond.
    func residentBytes() -> Int {
        checkpoint.mappings.reduce(decodedBytes) { sum, mapping in
            // Whole pages are counted, the last one beyond the file's end.
            sum + min(ResidentMemory(of: mapping.bytes).resident, mapping.byteCount)
        }
    }
}

extension TextEncoder {
    /// Bytes of the weights that are in memory now. What passes compute in is small beside them, and isn't counted. Blocks
    /// for about a millisecond.
    public func residentBytes() -> Int { weights.residentBytes() }
}

extension StateEncoder {
    /// Bytes of the weights that are in memory now, and of what passes compute in. Blocks for about a millisecond.
    public func residentBytes() -> Int { model.weights.residentBytes() + byteCount }
}
