/// What a log says about one request: nothing that was asked or answered, and no key.
public struct AccessRecord: Sendable, Equatable {
    public var client: String
    /// "-" where what came was no request; the same for the path.
    public var method: String
    public var path: String
    /// 0 where the client left before there was an answer.
    public var status = 0
    public var model: String?
    public var promptTokens: Int?
    public var cachedTokens: Int?
    public var answerTokens: Int?
    /// From the request's last byte to the answer's last.
    public var duration = Duration.zero
    /// Whether the client left before the answer was complete.
    public var wasAborted = false
    /// What failed in the server.
    public var failure: String?

    init(client: String, method: String, path: String) {
        self.client = client
        self.method = method
        self.path = path
    }
}

extension AccessRecord: CustomStringConvertible {
    /// One line of bounded length.
    public var description: String {
        var words = [client, String(method.prefix(16)), String(path.prefix(100)), "\(status)"]
        if let model { words.append("model=\(model)") }
        if let promptTokens { words.append("prompt=\(promptTokens)") }
        if let cachedTokens { words.append("cached=\(cachedTokens)") }
        if let answerTokens { words.append("answer=\(answerTokens)") }
        words.append("ms=\(Int(duration / .milliseconds(1)))")
        if wasAborted { words.append("aborted") }
        if let failure { words.append("failure=\(failure.prefix(500))") }
        return words.joined(separator: " ")
    }
}
