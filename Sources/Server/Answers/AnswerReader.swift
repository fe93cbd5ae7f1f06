import Chat

/// Follows one answer: what of its text may be sent, with which tokens, why it ended, and what it took. Pure.
struct AnswerReader {
    /// Text that may be sent, with the tokens that it is made of.
    struct Piece: Equatable {
        var text: String
        var tokens: [ChatToken]
    }

    private var stops: StopScanner
    private var recorder: MetricsRecorder
    /// Tokens whose text wasn't let through completely, with the range of its bytes in the answer.
    private var waiting: [(token: ChatToken, bytes: Range<Int>)] = []
    /// Bytes of the answer so far.
    private var length = 0
    /// All of the text that was let through.
    private(set) var text = ""
    /// Why the answer ended, once it has: in the protocol's words, such as "stop" or "length".
    private(set) var finish: String?

    init(stops: [String], profile: ModelProfile) {
        self.stops = StopScanner(stops: stops)
        recorder = MetricsRecorder(profile: profile)
    }

    var metrics: Metrics { recorder.metrics }

    /// Takes the next event in; returns what may be sent because of it. After the end nothing follows.
    mutating func take(_ event: ChatEvent) -> Piece? {
        guard finish == nil else { return nil }
        recorder.record(event)
        switch event {
        case .token(let token):
            let end = length + token.text.utf8.count
            waiting.append((token, length..<end))
            length = end
            let passed = stops.append(token.text)
            if stops.hasStopped { finish = "stop" }
            return piece(passed)
        case .finished(let reason, _):
            finish = Self.word(for: reason)
            return piece(stops.finish())
        default:
            return nil
        }
    }

    /// The protocol's word for why an answer ended.
    private static func word(for reason: FinishReason) -> String {
        switch reason {
        case .stop, .cancelled: "stop"
        case .length, .contextFull: "length"
        case .refusal: "content_filter"
        case .toolCall: "tool_calls"
        }
    }

    /// - Parameter passed: the text that was let through last.
    private mutating func piece(_ passed: String) -> Piece? {
        text += passed
        let isComplete: (Range<Int>) -> Bool
        if stops.hasStopped {
            // The last one may be cut: it is what the answer ends with.
            isComplete = { [passed = stops.passed] in $0.lowerBound < passed && !$0.isEmpty }
        } else {
            isComplete = { [passed = stops.passed] in $0.upperBound <= passed && !$0.isEmpty }
        }
        // A token without text goes along with one that has some; one that ends the answer is no part of it.
        let count = waiting.lastIndex { isComplete($0.bytes) }.map { $0 + 1 } ?? 0
        let tokens = waiting.prefix(count).map(\.token)
        waiting.removeFirst(count)
        return passed.isEmpty && tokens.isEmpty ? nil : Piece(text: passed, tokens: tokens)
    }
}
