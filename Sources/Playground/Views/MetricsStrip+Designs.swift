import Chat

extension MetricsStrip.Design {
    /// The rows of a model in this process.
    func rows(_ cells: MetricsCells) -> [RankedRow] {
        switch self {
        case .narrow: narrow(cells)
        case .compact: compact(cells)
        case .wide: wide(cells)
        case .full: full(cells)
        }
    }

    private func narrow(_ cells: MetricsCells) -> [RankedRow] {
        [
            RankedRow(0, .grid([cells.firstToken])), RankedRow(1, .grid([cells.decode])),
            RankedRow(5, .grid([cells.prefill])), RankedRow(2, .grid([cells.allPercentiles])),
            RankedRow(4, .chart(rows: 1)), RankedRow(3, .grid([cells.memory])), RankedRow(7, .grid([cells.load])),
            RankedRow(6, .grid([cells.context])), RankedRow(8, .grid([cells.weights])),
            RankedRow(9, .grid([cells.keyValueCache])), RankedRow(10, .grid([cells.costOr(cells.scratch)])),
            RankedRow(11, .grid([cells.prompt])),
        ]
    }

    private func compact(_ cells: MetricsCells) -> [RankedRow] {
        [
            RankedRow(0, .grid([cells.firstToken, cells.decode])),
            RankedRow(3, .grid([cells.firstOutputOr(cells.load), cells.prefill])),
            RankedRow(1, .spread(cells.percentiles)),
            RankedRow(4, .chart(rows: 1)),
            RankedRow(2, .grid([cells.memory, cells.keyValueCache])),
            RankedRow(
                6, cells.hasCost ? .grid([cells.cost, cells.costOfThousand]) : .spread([cells.weights, cells.scratch])),
            RankedRow(5, .spread([cells.context, cells.prompt])),
        ]
    }

    private func wide(_ cells: MetricsCells) -> [RankedRow] {
        [
            RankedRow(0, .grid([cells.decode, cells.firstToken, cells.p50])),
            RankedRow(1, .grid([cells.prefill, cells.load, cells.p95])),
            RankedRow(4, .grid([cells.keyValueCache, cells.firstOutputOr(cells.timePerToken), cells.p99])),
            RankedRow(2, .grid([cells.costOr(cells.scratch), cells.memory, cells.answer])),
            RankedRow(
                5, .spread([cells.hasCost ? cells.costOfThousand : cells.weights, cells.context, cells.prompt])),
            RankedRow(3, .chart(rows: 1)),
        ]
    }

    private func full(_ cells: MetricsCells) -> [RankedRow] {
        [
            RankedRow(0, .grid([cells.firstToken, cells.decode, cells.p50, cells.memory])),
            RankedRow(1, .grid([cells.firstOutputOr(cells.load), cells.prefill, cells.p95, cells.mapped])),
            RankedRow(3, .grid([cells.timePerToken, cells.computed, cells.p99, cells.resident])),
            RankedRow(
                4,
                .grid([
                    cells.total, cells.cached, cells.stalls, cells.hasCost ? cells.costOfThousand : cells.keyValueCache,
                ])),
            RankedRow(5, .grid([cells.context, cells.answer, cells.longest, cells.costOr(cells.scratch)])),
            RankedRow(2, .chart(rows: 1)),
        ]
    }
}

/// What a model on a server shows instead of memory, of which nothing is known here: the way of the request, what the
/// server says by its own clock, and what the answer costs.
extension MetricsStrip.Design {
    /// As many rows as ``rows(_:)`` has.
    func serverRows(_ cells: MetricsCells) -> [RankedRow] {
        switch self {
        case .narrow: narrowOnServer(cells)
        case .compact: compactOnServer(cells)
        case .wide: wideOnServer(cells)
        case .full: fullOnServer(cells)
        }
    }

    private func narrowOnServer(_ cells: MetricsCells) -> [RankedRow] {
        [
            RankedRow(0, .grid([cells.firstToken])), RankedRow(1, .grid([cells.decode])),
            RankedRow(3, .waterfall(rows: 1)), RankedRow(2, .grid([cells.allPercentiles])),
            RankedRow(5, .chart(rows: 1)), RankedRow(4, .grid([cells.costOr(cells.memory)])),
            RankedRow(6, .grid([cells.firstOutputOr(cells.costOfThousand)])),
            RankedRow(7, .grid([cells.context])), RankedRow(8, .grid([cells.prompt])),
            RankedRow(9, .grid([cells.answer])), RankedRow(10, .grid([cells.serverPrefill])),
            RankedRow(11, .grid([cells.serverDecode])),
        ]
    }

    private func compactOnServer(_ cells: MetricsCells) -> [RankedRow] {
        [
            RankedRow(0, .grid([cells.firstToken, cells.decode])),
            RankedRow(2, .waterfall(rows: 1)),
            RankedRow(1, .spread(cells.percentiles)),
            RankedRow(4, .chart(rows: 1)),
            RankedRow(3, .grid(cells.hasPrice ? [cells.cost, cells.costOfThousand] : [cells.memory])),
            RankedRow(6, .spread(cells.byServerInBrief)),
            RankedRow(5, .spread([cells.firstOutputOr(cells.context), cells.prompt])),
        ]
    }

    private func wideOnServer(_ cells: MetricsCells) -> [RankedRow] {
        [
            RankedRow(0, .grid([cells.decode, cells.firstToken, cells.p50])),
            RankedRow(
                1,
                .grid(
                    cells.hasPrice
                        ? [cells.costOfThousand, cells.cost, cells.p95] : [cells.prompt, cells.answer, cells.p95])),
            RankedRow(4, .grid([cells.total, cells.firstOutputOr(cells.timePerToken), cells.p99])),
            RankedRow(2, .waterfall(rows: 1)),
            RankedRow(5, .spread(cells.byServer + [cells.hasPrice ? cells.prompt : cells.memory])),
            RankedRow(3, .chart(rows: 1)),
        ]
    }

    private func fullOnServer(_ cells: MetricsCells) -> [RankedRow] {
        [
            RankedRow(0, .grid([cells.firstToken, cells.decode, cells.p50, cells.costOr(cells.stalls)])),
            RankedRow(
                1,
                .grid([
                    cells.firstOutputOr(cells.timePerToken), cells.answer, cells.p95,
                    cells.hasPrice ? cells.costOfThousand : cells.longest,
                ])),
            RankedRow(4, .grid([cells.total, cells.prompt, cells.p99, cells.context])),
            RankedRow(2, .waterfall(rows: 1)),
            RankedRow(5, .spread(cells.byServer + [cells.stalls, cells.memory])),
            RankedRow(3, .chart(rows: 1)),
        ]
    }
}
