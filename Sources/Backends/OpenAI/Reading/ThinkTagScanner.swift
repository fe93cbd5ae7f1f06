import Chat

/// Tells a model's thoughts from its answer where a server leaves both in one text: thoughts stand at the beginning,
/// between a tag and its end.
///
/// A pure state machine. What might be the beginning of a tag is kept back until it is known.
struct ThinkTagScanner: Sendable {
    struct Piece: Sendable, Equatable {
        var channel: ChatToken.Channel
        var text: String
    }

    static let tags = ["think", "thinking"]

    private enum Phase: Sendable, Equatable {
        /// Nothing but white space so far.
        case beginning
        /// Line breaks behind the tag belong to nobody.
        case opening(tag: String)
        case thinking(tag: String)
        /// White space behind the thoughts belongs to nobody.
        case between
        case answering
    }

    private var phase = Phase.beginning
    private var held = ""

    /// What the next text most likely is.
    var channel: ChatToken.Channel {
        switch phase {
        case .opening, .thinking: .reasoning
        case .beginning, .between, .answering: .answer
        }
    }

    /// The pieces that some more text completes.
    mutating func append(_ text: String) -> [Piece] {
        // The usual case: nothing is kept back and no tag can come.
        if phase == .answering { return text.isEmpty ? [] : [Piece(channel: .answer, text: text)] }
        held += text
        var pieces: [Piece] = []
        while step(&pieces) {}
        return pieces
    }

    /// What is still kept back when the text ends.
    mutating func finish() -> [Piece] {
        defer { held = "" }
        guard !held.isEmpty, phase != .between else { return [] }
        return [Piece(channel: channel, text: held)]
    }

    /// Goes one state further if the text kept back says so.
    private mutating func step(_ pieces: inout [Piece]) -> Bool {
        switch phase {
        case .beginning:
            let rest = held.drop { $0.isWhitespace }
            if rest.isEmpty { return false }
            for tag in Self.tags where rest.hasPrefix("<\(tag)>") {
                held = String(rest.dropFirst(tag.count + 2))
                phase = .opening(tag: tag)
                return true
            }
            if Self.tags.contains(where: { "<\($0)>".hasPrefix(rest) }) { return false }
            phase = .answering
        case .opening(let tag):
            held = String(held.drop { $0.isNewline })
            if held.isEmpty { return false }
            phase = .thinking(tag: tag)
            return true
        case .thinking(let tag):
            let end = "</\(tag)>"
            if let range = held.firstRange(of: end) {
                emit(.reasoning, String(held[..<range.lowerBound]), &pieces)
                held = String(held[range.upperBound...])
                phase = .between
                return true
            }
            let kept = Self.overlap(of: held, with: end)
            emit(.reasoning, String(held.dropLast(kept)), &pieces)
            held = String(held.suffix(kept))
            return false
        case .between:
            held = String(held.drop { $0.isWhitespace })
            if held.isEmpty { return false }
            phase = .answering
        case .answering: break
        }
        emit(.answer, held, &pieces)
        held = ""
        return false
    }

    private func emit(_ channel: ChatToken.Channel, _ text: String, _ pieces: inout [Piece]) {
        if !text.isEmpty { pieces.append(Piece(channel: channel, text: text)) }
    }

    /// How many characters at the end of a text may be the beginning of a word.
    private static func overlap(of text: String, with word: String) -> Int {
        (1..<word.count).reversed().first { $0 <= text.count && word.hasPrefix(text.suffix($0)) } ?? 0
    }
}
