import Chat
import Testing
import Transport
import TransportTestSupport

@testable import Backends

/// A server that goes wrong in some way, what of its answer stays, and what the user is told.
struct Fault: Sendable, CustomTestStringConvertible {
    var name: String
    var reply: @Sendable (ScriptedServer.Request, Int) -> ScriptedServer.Reply
    /// The text that was there before it went wrong.
    var kept = ""
    /// What the error says; nil where there is none.
    var words: String?
    /// Seconds that are waited for a token: few only where waiting is what it is about.
    var patience = 60.0

    var testDescription: String { name }
}

extension Fault {
    private typealias Reply = ScriptedServer.Reply
    private static let begun =
        ScriptedServer.Reply.head + ScriptedServer.Reply.event("The ") + ScriptedServer.Reply.event("Rh")

    private static func fault(
        _ name: String, kept: String = "", _ words: String?, _ steps: ScriptedServer.Step...
    ) -> Fault {
        Fault(
            name: name,
            reply: { _, _ in
                var reply = ScriptedServer.Reply()
                reply.steps = steps
                return reply
            }, kept: kept, words: words)
    }

    private static func status(_ status: Int, _ body: String, _ words: String, headers: [String: String] = [:]) -> Fault
    {
        Fault(name: "status \(status)", reply: { _, _ in .json(body, status: status, headers: headers) }, words: words)
    }

    static let all: [Fault] =
        stalls.map { fault in
            var fault = fault
            fault.patience = 1
            return fault
        } + endings + garbage + refusals + mended

    /// It says nothing any more, at each stage.
    private static let stalls = [
        fault("no answer at all", "took too long (no first byte within 1 s)", .stall),
        fault("half a status line", "took too long (no first token within 1 s)", .send("HTTP/1.1 20"), .stall),
        fault(
            "a head without end", "took too long", .send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"),
            .stall),
        fault("a head and nothing else", "took too long (no first token within 1 s)", .send(Reply.head), .stall),
        fault(
            "silence between tokens", kept: "The Rh", "took too long (no next token within 1 s)", .send(begun), .stall),
        fault("half an event, then silence", kept: "The Rh", "took too long", .send(begun + "data: {\"choi"), .stall),
        fault(
            "nothing but signs of life", "took too long (no first token within 5 s)", .send(Reply.head),
            .sendForever(": alive\n\n")),
        fault(
            "signs of life in the middle", kept: "The Rh", "took too long (no next token within 5 s)", .send(begun),
            .sendForever(":\n\n")),
    ]

    /// It ends before the answer does.
    private static let endings = [
        fault("closes at once", "broke off"),
        fault("resets at once", "broke off", .reset),
        fault("closes in the head", "found nothing", .send("HTTP/1.1 200 OK\r\nContent-Ty")),
        fault("an empty stream", "ended the stream before the answer was whole", .send(Reply.head)),
        fault("closes between tokens", kept: "The Rh", "ended the stream before the answer was whole", .send(begun)),
        fault(
            "closes in the middle of an event", kept: "The Rh", "expected an event with JSON",
            .send(begun + "data: {\"choices\":[{\"delta\":{\"content\":\"in")),
        fault("resets in the middle", kept: "The Rh", "broke off", .send(begun), .pause(100), .reset),
        fault(
            "fewer bytes than announced", kept: "The Rh", "broke off",
            .send(begun.replacing("Connection: close", with: "Content-Length: 100000"))),
        fault(
            "a chunk of a wrong length", "broke off (Illegal or missing hexadecimal",
            .send(Reply.head.replacing("Connection: close", with: "Transfer-Encoding: chunked") + "zz\r\nabc")),
        fault(
            "chunks that end early", kept: "The ", "broke off",
            .send(
                Reply.head.replacing("Connection: close", with: "Transfer-Encoding: chunked")
                    + chunk(Reply.event("The ")) + "ff\r\ndata")),
    ]

    private static func chunk(_ text: String) -> String { String(text.utf8.count, radix: 16) + "\r\n\(text)\r\n" }

    /// What comes isn't what the protocol says.
    private static let garbage = [
        fault("no HTTP", "makes no sense", .send("SSH-2.0-OpenSSH_9.2\r\n")),
        fault("random bytes", "makes no sense", .bytes(patternedBytes(4000))),
        Fault(
            name: "a web page",
            reply: { _, _ in .init(headers: ["Content-Type": "text/html"], body: Array("<html>Sign in</html>".utf8)) },
            words: "expected a stream of events, found a web page"),
        Fault(name: "an empty answer", reply: { _, _ in .init() }, words: "expected a stream of events, found nothing"),
        fault(
            "an event that isn't JSON", kept: "The Rh", "expected an event with JSON, found <html>",
            .send(begun + "data: <html>\n\n")),
        fault(
            "an error in the stream", kept: "The Rh", "failed in the middle of the answer: out of memory",
            .send(begun + #"data: {"error":{"message":"out of memory"}}"# + "\n\n")),
        fault(
            "an event without end", kept: "The Rh", "an event of more than",
            .send(begun + "data: "), .bytes([UInt8](repeating: 0x61, count: 17 << 20)), .stall),
        fault(
            "an endless page", "found more than 16 MB", .send("HTTP/1.1 200 OK\r\n\r\n"),
            .bytes([UInt8](repeating: 0x61, count: 17 << 20)), .stall),
        fault(
            "bytes that are no text", kept: "The Rh\u{FFFD}\u{FFFD}", nil,
            .send(begun + #"data: {"choices":[{"delta":{"content":""#),
            .bytes([0xC3, 0x28, 0xFF].filter { $0 != 0x28 }), .send("\"}}]}\n\n" + Reply.ending())),
    ]

    /// It says no.
    private static let refusals = [
        status(
            401, #"{"error":{"message":"Incorrect API key"}}"#,
            "refuses access (HTTP status 401): Incorrect API key; name a key"),
        status(403, "", "refuses access (HTTP status 403)"),
        status(404, #"{"error":{"message":"model not loaded"}}"#, "(HTTP status 404): model not loaded"),
        status(400, #"{"error":{"message":"prompt too long: 9000 tokens"}}"#, "prompt too long: 9000 tokens"),
        status(413, "", "shorten the conversation"),
        status(429, "{}", "try again in 3600 s", headers: ["Retry-After": "3600"]),
        status(500, "<html>oops</html>", "is in trouble (HTTP status 500): it sent a web page"),
        status(502, "", "is in trouble (HTTP status 502)"),
        Fault(
            name: "503 for ever", reply: { _, _ in .json("{}", status: 503, headers: ["Retry-After": "0"]) },
            words: "HTTP status 503"),
        status(
            307, "", "points elsewhere, to http://127.0.0.1:9/v1",
            headers: ["Location": "http://127.0.0.1:9/v1?token=x"]),
    ]

    /// It looks wrong and isn't.
    private static let mended = [
        Fault(
            name: "429, then an answer",
            reply: { _, number in number < 2 ? .json("{}", status: 429, headers: ["Retry-After": "0"]) : .answer(["ok"])
            },
            kept: "ok"),
        fault(
            "no [DONE]", kept: "The Rh", nil,
            .send(begun + #"data: {"choices":[{"delta":{},"finish_reason":"stop"}]}"# + "\n\n")),
        fault("nothing after [DONE], and open", kept: "The Rh", nil, .send(begun + Reply.ending()), .stall),
        fault("tokens after [DONE]", kept: "The Rh", nil, .send(begun + Reply.ending() + Reply.event("no"))),
        fault("no line after the last event", kept: "The Rh", nil, .send(begun + "data: [DONE]")),
        fault(
            "a stream under another name", kept: "ok", nil,
            .send("HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\n" + Reply.event("ok") + Reply.ending())),
    ]
}

@Suite struct FaultTests {
    /// However a server goes wrong, the run ends, what came is kept, the error is one line, and the connection is closed.
    @Test(arguments: Fault.all)
    func endsWithAWord(_ fault: Fault) async throws {
        let server = try ScriptedServer.openAI { fault.reply($0, $1) }
        let outcome = try await OpenAIBackend.open(server.endpoint(patience: fault.patience)).outcome()
        #expect(outcome.text == fault.kept)
        if let words = fault.words {
            #expect(outcome.complaint.contains(words), "\(outcome.complaint)")
            #expect(outcome.error is OpenAIError)
            #expect(outcome.finish == nil)
        } else {
            #expect(outcome.error == nil, "\(outcome.complaint)")
            #expect(outcome.finish == .stop)
        }
        #expect(outcome.complaint.split(whereSeparator: \.isNewline).count <= 1)
        #expect(!outcome.complaint.contains("token=x"))
    }

    /// A server that isn't there, or goes wrong before it has said what it has.
    @Test func openingFailsWithAWord() throws {
        var endpoint = OpenAIEndpoint(url: try OpenAIURL(ScriptedServer.deadAddress()), model: "big")
        let error = #expect(throws: OpenAIError.self) { try OpenAIBackend.open(endpoint) }
        #expect(error?.description.contains("is the server running") == true)
        endpoint = OpenAIEndpoint(url: try OpenAIURL("https://nobody.invalid"), model: "big")
        #expect(throws: OpenAIError.self) { try OpenAIBackend.open(endpoint) }
        for (reply, words) in [
            (ScriptedServer.Reply(body: Array("<html>".utf8)), "expected a list of models"),
            (.json("{\"data\": 7}"), "expected a list of models"), (.json("", status: 401), "refuses access"),
            (
                .json("", status: 308, headers: ["Location": "https://other.example/v1/models"]),
                "to https://other.example"
            ),
        ] {
            let server = try ScriptedServer { _, _ in reply }
            let error = #expect(throws: OpenAIError.self) { try OpenAIBackend.open(server.endpoint()) }
            #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
        }
    }

    @Test func thereAreManyWaysToGoWrong() {
        #expect(Fault.all.count >= 30)
        #expect(Set(Fault.all.map(\.name)).count == Fault.all.count)
    }
}
