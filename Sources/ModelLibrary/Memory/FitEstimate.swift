import Reports

extension Fit {
    /// An estimate from what the catalog knows; see ``init(weights:bytesPerToken:contextLength:availableBytes:)``.
    public init(estimating entry: CatalogEntry, contextLength: Int, availableBytes: Int) {
        self.init(
            weights: entry.bytes, bytesPerToken: entry.keyValueBytesPerToken, contextLength: contextLength,
            availableBytes: availableBytes)
    }

    /// An estimate: the weights mapped whole, a KV cache of F16 for `contextLength` tokens, and scratch of a sixteenth
    /// of the weights but at least 32 MiB.
    public init(weights: Int, bytesPerToken: Int, contextLength: Int, availableBytes: Int) {
        let cache = bytesPerToken.multipliedReportingOverflow(by: max(0, contextLength))
        let scratch = max(32 << 20, weights / 16)
        let total = weights.addingReportingOverflow(scratch)
        let sum = total.partialValue.addingReportingOverflow(cache.partialValue)
        let overflows = cache.overflow || total.overflow || sum.overflow
        self.init(neededBytes: overflows ? .max : sum.partialValue, availableBytes: availableBytes)
    }
}
