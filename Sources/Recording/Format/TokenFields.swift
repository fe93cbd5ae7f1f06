import Chat

/// A token as its line has it. Tokens are most of a file: what is as usual is left out.
struct TokenFields: Codable {
    /// `[id, text, logprob]`; the id is null where a server doesn't tell it.
    struct Alternative: Codable {
        var id: Int?
        var text: String
        var logprob: Measure

        init?(_ alternative: ChatToken.Alternative) {
            guard let logprob = Measure(alternative.logprob) else { return nil }
            (id, text, self.logprob) = (alternative.id, alternative.text, logprob)
        }

        init(from decoder: any Decoder) throws {
            var values = try decoder.unkeyedContainer()
            id = try values.decode(Int?.self)
            text = try values.decode(String.self)
            logprob = try values.decode(Measure.self)
        }

        func encode(to encoder: any Encoder) throws {
            var values = encoder.unkeyedContainer()
            try values.encode(id)
            try values.encode(text)
            try values.encode(logprob)
        }
    }

    var run: Count
    var atUs: Microseconds
    var id: Int?
    var text: String
    var logprob: Measure?
    var entropy: Measure?
    /// The likeliest tokens, likeliest first; left out where nobody asked.
    var top: [Alternative]?
    /// Left out where the token hadn't been guessed.
    var drafted: Bool?
    /// Left out for tokens of the answer.
    var channel: ChatToken.Channel?
    /// Left out where it is known to be one token.
    var chunk: Bool?

    init(run: Int, _ token: ChatToken) {
        self.run = Count(run)
        atUs = Microseconds(token.at)
        id = token.id
        text = token.text
        logprob = Measure(token.logprob)
        entropy = Measure(token.entropy)
        top = token.alternatives.isEmpty ? nil : token.alternatives.compactMap(Alternative.init)
        drafted = token.isDrafted ? true : nil
        channel = token.channel == .answer ? nil : token.channel
        chunk = token.isChunk ? true : nil
    }

    var token: ChatToken {
        ChatToken(
            id: id, text: text, logprob: logprob?.value, entropy: entropy?.value,
            alternatives: (top ?? []).map {
                ChatToken.Alternative(id: $0.id, text: $0.text, logprob: $0.logprob.value)
            },
            isDrafted: drafted ?? false, channel: channel ?? .answer, isChunk: chunk ?? false, at: atUs.duration)
    }
}
