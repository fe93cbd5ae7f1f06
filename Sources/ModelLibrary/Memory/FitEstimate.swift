import Reports

extension Fit {
    /// An estimate from what the catalog knows: the file mapped whole, a KV cache of F16 for `contextLength` tokens,
    /// and scratch of a sixteenth of the weights but at least 32 MiB.
    public init(estimating entry: CatalogEntry, contextLength: Int, availableBytes: Int) {
        let cache = entry.keyValueBytesPerToken.multipliedReportingOverflow(by: max(0, contextLength))
        let scratch = max(32 << 20, entry.bytes / 16)
        let weights = entry.bytes.addingReportingOverflow(scratch)
        let sum = weights.partialValue.addingReportingOverflow(cache.partialValue)
        let overflows = cache.overflow || weights.overflow || sum.overflow
        self.init(neededBytes: overflows ? .max : sum.partialValue, availableBytes: availableBytes)
    }
}
