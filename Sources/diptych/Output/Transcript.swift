import Chat

/// Prints several answers one below the other although they may arrive at once: the first streams, the others wait
/// until those before them are finished.
actor Transcript {
    private let output: Output
    private let headings: [String]
    /// Text that arrived before its turn.
    private var waiting: [String]
    private var isFinished: [Bool]
    /// The pane that is being printed.
    private var current = 0

    init(headings: [String], output: Output) {
        self.headings = headings
        self.output = output
        waiting = headings.map { _ in "" }
        isFinished = headings.map { _ in false }
    }

    func begin() throws {
        try printHeading()
    }

    func append(_ text: String, pane: Int) throws {
        if pane == current {
            try output.writeUntrusted(text)
        } else {
            waiting[pane] += text
        }
    }

    func finish(pane: Int) throws {
        isFinished[pane] = true
        while current < headings.count, isFinished[current] {
            try output.write("\n\n")
            current += 1
            guard current < headings.count else { return }
            try printHeading()
            try output.writeUntrusted(waiting[current])
            waiting[current] = ""
        }
    }

    private func printHeading() throws {
        guard current < headings.count else { return }
        try output.write("── \(headings[current].onOneLine) ──\n")
    }
}
