extension ScriptedServer.Reply {
    public static let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"

    public static func json(_ text: String, status: Int = 200, headers: [String: String] = [:]) -> ScriptedServer.Reply
    {
        ScriptedServer.Reply(
            status: status, headers: ["Content-Type": "application/json"].merging(headers) { $1 },
            body: Array(text.utf8))
    }

    /// A list with one model.
    public static func models(_ id: String = "big", owner: String = "somebody") -> ScriptedServer.Reply {
        .json(#"{"object":"list","data":[{"id":"\#(id)","owned_by":"\#(owner)","context_length":4096}]}"#)
    }

    /// What a well-behaved server streams for these words.
    public static func answer(_ words: [String], finish: String = "stop") -> ScriptedServer.Reply {
        .steps(.send(head + words.map { event($0) }.joined() + ending(finish)))
    }

    public static func event(_ word: String) -> String {
        #"data: {"choices":[{"index":0,"delta":{"content":"\#(word)"}}]}"# + "\n\n"
    }

    public static func ending(_ finish: String = "stop") -> String {
        #"data: {"choices":[{"index":0,"delta":{},"finish_reason":"\#(finish)"}]}"# + "\n\n"
            + #"data: {"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":3}}"# + "\n\ndata: [DONE]\n\n"
    }
}

extension ScriptedServer {
    /// A server that lists the model "big" and answers as the test says.
    public static func openAI(
        owner: String = "somebody", _ answer: @escaping @Sendable (Request, Int) -> Reply
    ) throws -> ScriptedServer {
        try ScriptedServer { request, number in
            request.path.hasSuffix("/models") ? .models(owner: owner) : answer(request, number)
        }
    }
}
