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
