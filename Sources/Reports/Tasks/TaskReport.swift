/// What a task found, in the order in which it is read: the same value becomes a terminal's text, a screen, an HTML page
/// and images.
public struct TaskReport: Sendable, Equatable, Codable {
    /// One piece of a report.
    public enum Block: Sendable, Equatable, Codable {
        /// What a section is about.
        case heading(String)
        /// A paragraph.
        case text(String)
        /// What it comes to: stands out from the rest.
        case verdict(String)
        case table(ReportTable)
        case plot(ReportPlot)
    }

    public var title: String
    public var blocks: [Block]

    public init(title: String, blocks: [Block] = []) {
        self.title = title
        self.blocks = blocks
    }
}

/// Rows of texts under titles.
public struct ReportTable: Sendable, Equatable, Codable {
    public struct Column: Sendable, Equatable, Codable {
        public var title: String
        /// Figures stand to the right, words to the left.
        public var holdsFigures: Bool

        public init(_ title: String, holdsFigures: Bool = true) {
            self.title = title
            self.holdsFigures = holdsFigures
        }
    }

    /// What the table shows, in one line; nil where the heading says it.
    public var caption: String?
    public var columns: [Column]
    /// Each as long as ``columns``.
    public private(set) var rows: [[String]] = []
    /// Rows that stand out, by their index.
    public var marked: Set<Int> = []

    public init(caption: String? = nil, columns: [Column]) {
        self.caption = caption
        self.columns = columns
    }

    /// - Parameter cells: what is missing at the end is empty, what is too much is left out.
    public mutating func add(_ cells: [String], isMarked: Bool = false) {
        if isMarked { marked.insert(rows.count) }
        rows.append((0..<columns.count).map { $0 < cells.count ? cells[$0] : "" })
    }
}

extension TaskReport.Block {
    /// In JSON, a block is an object with its kind and what it holds: `{"kind": "text", "text": "…"}`.
    private enum CodingKeys: String, CodingKey {
        case kind, text, table, plot
    }

    private enum Kind: String, Codable {
        case heading, text, verdict, table, plot
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        switch try container.decode(Kind.self, forKey: .kind) {
        case .heading: self = .heading(try container.decode(String.self, forKey: .text))
        case .text: self = .text(try container.decode(String.self, forKey: .text))
        case .verdict: self = .verdict(try container.decode(String.self, forKey: .text))
        case .table: self = .table(try container.decode(ReportTable.self, forKey: .table))
        case .plot: self = .plot(try container.decode(ReportPlot.self, forKey: .plot))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        func encode(_ kind: Kind, _ text: String) throws {
            try container.encode(kind, forKey: .kind)
            try container.encode(text, forKey: .text)
        }
        switch self {
        case .heading(let text): try encode(.heading, text)
        case .text(let text): try encode(.text, text)
        case .verdict(let text): try encode(.verdict, text)
        case .table(let table):
            try container.encode(Kind.table, forKey: .kind)
            try container.encode(table, forKey: .table)
        case .plot(let plot):
            try container.encode(Kind.plot, forKey: .kind)
            try container.encode(plot, forKey: .plot)
        }
    }
}
