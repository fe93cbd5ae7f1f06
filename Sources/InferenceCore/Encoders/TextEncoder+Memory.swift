extension TextEncoder {
    /// Bytes of the weights that are in memory now, copies of them among those. What passes compute in is small beside
    /// them, and isn't counted. Blocks for about a millisecond.
    public func residentBytes() -> Int {
        weights.checkpoint.mappings.reduce(weights.decodedBytes) { sum, mapping in
            // Whole pages are counted, the last one beyond the file's end.
            sum + min(ResidentMemory(of: mapping.bytes).resident, mapping.byteCount)
        }
    }
}
