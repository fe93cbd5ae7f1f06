import Chat

/// How likely a chat's tokens were. The `bytes` of all tokens together are the answer's text: a token that only begins a
/// character has none, the one that completes it has all of them.
struct ChatLogprobs: Encodable, Equatable {
    struct Alternative: Encodable, Equatable {
        var token: String
        var logprob: Double
        var bytes: [UInt8]

        init(token: String, logprob: Double) {
            (self.token, self.logprob, bytes) = (token, logprob.finiteLogprob, Array(token.utf8))
        }
    }

    struct Token: Encodable, Equatable {
        var token: String
        var logprob: Double
        var bytes: [UInt8]
        var topLogprobs: [Alternative]
    }

    var content: [Token]

    init(_ tokens: [ChatToken]) {
        content = tokens.map { token in
            Token(
                token: token.text, logprob: (token.logprob ?? -.infinity).finiteLogprob, bytes: Array(token.text.utf8),
                topLogprobs: token.alternatives.map { Alternative(token: $0.text, logprob: $0.logprob) })
        }
    }
}

/// How likely a continuation's tokens were.
struct TextLogprobs: Encodable, Equatable {
    var tokens: [String]
    var tokenLogprobs: [Double]
    var topLogprobs: [[String: Double]]
    /// Where in these tokens' text each begins, in Unicode scalars.
    var textOffset: [Int]

    init(_ tokens: [ChatToken]) {
        self.tokens = tokens.map(\.text)
        tokenLogprobs = tokens.map { ($0.logprob ?? -.infinity).finiteLogprob }
        topLogprobs = tokens.map { token in
            Dictionary(
                token.alternatives.map { ($0.text, $0.logprob.finiteLogprob) }, uniquingKeysWith: { max($0, $1) })
        }
        var offset = 0
        textOffset = tokens.map { token in
            defer { offset += token.text.unicodeScalars.count }
            return offset
        }
    }
}

extension Double {
    /// The protocol's number for what has no probability at all, since JSON has none.
    fileprivate var finiteLogprob: Double { isFinite ? self : -9999 }
}
