import Chat

extension CompletionChunk {
    /// What the server says of its own work in this piece.
    var report: ServerReport {
        var report = ServerReport()
        if let usage {
            report.promptTokens = usage.promptTokens?.asCount
            report.completionTokens = usage.completionTokens?.asCount
            report.cachedTokens = (usage.promptTokensDetails?.cachedTokens ?? usage.promptCacheHitTokens)?.asCount
            report.reasoningTokens = usage.completionTokensDetails?.reasoningTokens?.asCount
            report.prefill = usage.promptTime.flatMap { Duration(seconds: $0) }
            report.decode = usage.completionTime.flatMap { Duration(seconds: $0) }
            if report.prefill != nil {
                report.prefillTokens = report.promptTokens.map { $0 - min($0, report.cachedTokens ?? 0) }
            }
            if report.decode != nil { report.decodeTokens = report.completionTokens }
        }
        if let timings {
            report.merge(
                ServerReport(
                    cachedTokens: timings.cacheN?.asCount,
                    prefill: timings.promptMs.flatMap { Duration(seconds: $0 / 1000) },
                    prefillTokens: timings.promptN?.asCount,
                    decode: timings.predictedMs.flatMap { Duration(seconds: $0 / 1000) },
                    // The time runs from the first token on.
                    decodeTokens: timings.predictedN?.asCount.map { max(0, $0 - 1) }))
        }
        report.merge(
            ServerReport(
                prefill: promptEvalDuration.flatMap { Duration(seconds: $0 / 1e9) },
                prefillTokens: promptEvalCount?.asCount, decode: evalDuration.flatMap { Duration(seconds: $0 / 1e9) },
                decodeTokens: evalCount?.asCount, load: loadDuration.flatMap { Duration(seconds: $0 / 1e9) }))
        return report
    }
}

extension Int {
    /// A server's number of tokens; nil where there can't be so many.
    fileprivate var asCount: Int? { (0...(1 << 40)).contains(self) ? self : nil }
}

extension Duration {
    /// Nil for what isn't a time: negative, endless, or longer than a year.
    fileprivate init?(seconds: Double) {
        guard seconds.isFinite, (0...31_557_600).contains(seconds) else { return nil }
        self = .nanoseconds(Int64(seconds * 1e9))
    }
}
