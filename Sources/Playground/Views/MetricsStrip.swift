import Chat

/// The figures of a pane, arranged for a width.
struct MetricsStrip: Equatable {
    /// A figure with its name.
    struct Cell: Equatable {
        var label: String
        var figure: Figure
    }

    enum Row: Equatable {
        /// Columns of equal width, values at their right edges.
        case grid([Cell])
        /// Each cell as wide as it is, the first at the left edge and the last at the right one.
        case spread([Cell])
        /// The gaps between tokens, this many rows tall.
        case chart(rows: Int)
        /// The way of the request to a server, this many rows tall.
        case waterfall(rows: Int)

        var height: Int {
            switch self {
            case .grid, .spread: 1
            case .chart(let rows), .waterfall(let rows): rows
            }
        }
    }

    /// How many figures stand beside each other.
    enum Design: Equatable {
        case narrow, compact, wide, full

        init(columns: Int) {
            self =
                switch columns {
                case ..<34: .narrow
                case ..<56: .compact
                case ..<84: .wide
                default: .full
                }
        }

        /// Rows used where there are at most `limit`.
        func height(of limit: Int) -> Int {
            MetricsStrip(Metrics(loadDuration: .zero, contextAvailable: 0), design: self, limit: limit).height
        }

        /// The chart may grow this tall.
        fileprivate var tallestChart: Int {
            switch self {
            case .narrow, .compact: 1
            case .wide: 3
            case .full: 5
            }
        }
    }

    let rows: [Row]
    var height: Int { rows.reduce(0) { $0 + $1.height } }

    /// As many rows as fit in `limit`, the most telling ones first, in the design's order. A model on a server has as
    /// many as one in this process, so that panes stand beside each other.
    /// - Parameter server: where the model is, unless it is in this process.
    init(_ metrics: Metrics, server: ModelServer? = nil, design: Design, limit: Int) {
        let cells = MetricsCells(metrics, server: server)
        let all = server == nil ? design.rows(cells) : design.serverRows(cells)
        let kept = Set(all.indices.sorted { all[$0].rank < all[$1].rank }.prefix(limit))
        var spare = min(design.tallestChart - 1, max(0, limit - all.count))
        // A waterfall has a row for each of its three parts, or one for all.
        let growth = server != nil && spare >= 2 ? 2 : 0
        spare -= growth
        rows = all.indices.filter { kept.contains($0) }.map { index in
            switch all[index].row {
            case .chart: .chart(rows: 1 + spare)
            case .waterfall: .waterfall(rows: 1 + growth)
            case let row: row
            }
        }
    }
}

/// A row and its place in the order in which rows are given up, last first.
struct RankedRow {
    var rank: Int
    var row: MetricsStrip.Row

    init(_ rank: Int, _ row: MetricsStrip.Row) {
        self.rank = rank
        self.row = row
    }
}
