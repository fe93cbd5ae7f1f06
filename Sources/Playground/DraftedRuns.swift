/// Which parts of a text had been guessed before the model chose them.
struct DraftedRuns: Sendable, Equatable {
    private struct Run: Sendable, Equatable {
        var bytes: Int
        var isDrafted: Bool
    }

    private var runs: [Run] = []

    /// Whether any part was.
    var isEmpty: Bool { !runs.contains(where: \.isDrafted) }

    /// Takes in the next piece of the text, by its length in UTF-8.
    mutating func append(bytes: Int, isDrafted: Bool) {
        guard bytes > 0 else { return }
        if let last = runs.last, last.isDrafted == isDrafted {
            runs[runs.count - 1].bytes += bytes
        } else {
            runs.append(Run(bytes: bytes, isDrafted: isDrafted))
        }
    }

    /// The text in pieces.
    func pieces(of text: String) -> [(text: Substring, isDrafted: Bool)] {
        var start = text.utf8.startIndex
        return runs.map { run in
            let end = text.utf8.index(start, offsetBy: run.bytes, limitedBy: text.utf8.endIndex) ?? text.utf8.endIndex
            defer { start = end }
            return (text[start..<end], run.isDrafted)
        }
    }
}
