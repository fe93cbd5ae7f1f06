/// A passage of a file: what is found.
struct Chunk: Sendable, Equatable {
    /// Lines from 1, or pages in a PDF.
    var lines: ClosedRange<Int>
    /// The headings or declarations that it stands under, outermost first, with " › " between them.
    var trail: String
    var text: String

    /// What its vector is made of: the passage with where it stands.
    func embedded(path: String) -> String {
        trail.isEmpty ? "\(path)\n\(text)" : "\(path): \(trail)\n\(text)"
    }
}
