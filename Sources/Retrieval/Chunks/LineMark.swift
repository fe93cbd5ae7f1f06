/// What stands between a line and the one before it.
struct LineMark: Sendable, Equatable {
    enum Boundary: Int, Sendable, Comparable {
        case none
        case paragraph
        case section

        static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }

    var boundary: Boundary
    /// The headings that the line stands under.
    var trail: String
}

extension LineMark {
    /// A mark for each line.
    static func marks(of text: SourceText) -> [LineMark] {
        switch text.kind {
        case .markdown: MarkdownOutline.marks(text.lines)
        case .source: SourceOutline.marks(text.lines)
        case .plain, .html: PlainOutline.marks(text.lines)
        case .pdf: PlainOutline.marks(text.lines, arePages: true)
        }
    }
}

/// Headings that are open at a place of a file.
struct HeadingTrail {
    private var headings: [(level: Int, text: String)] = []
    private(set) var text = ""

    private static let longestHeading = 80
    private static let deepest = 6

    /// Closes those of the same level or deeper, and opens this one.
    mutating func open(_ heading: some StringProtocol, level: Int) {
        headings.removeAll { $0.level >= level }
        let clean = heading.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        headings.append((level, String(clean.prefix(Self.longestHeading))))
        if headings.count > Self.deepest { headings.removeFirst() }
        update()
    }

    mutating func close(level: Int) {
        headings.removeAll { $0.level >= level }
        update()
    }

    private mutating func update() { text = headings.map(\.text).joined(separator: " › ") }
}

extension Substring {
    var isBlank: Bool { allSatisfy(\.isWhitespace) }
    /// Columns before the first visible character; a tab is four.
    var indentation: Int {
        var columns = 0
        for character in self {
            if character == " " { columns += 1 } else if character == "\t" { columns += 4 } else { break }
        }
        return columns
    }
}
