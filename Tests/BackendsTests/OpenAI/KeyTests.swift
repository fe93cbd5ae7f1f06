import Chat
import Foundation
import Testing
import Transport
import TransportTestSupport

@testable import Backends

@Suite struct KeyTests {
    private static let key = "sk-secret-0123456789"

    private func endpoint(_ server: ScriptedServer) throws -> OpenAIEndpoint {
        var endpoint = try server.endpoint()
        endpoint.credential = try Credential(key: Self.key, origin: endpoint.url.origin, source: "a test")
        return endpoint
    }

    private func count(_ server: ScriptedServer) -> Int {
        server.requests.count { String(decoding: $0.bytes, as: UTF8.self).contains(Self.key) }
    }

    /// Everything that every server received: the key came to its own one and to no other, whatever that one said.
    @Test(arguments: [301, 302, 303, 307, 308])
    func neverLeavesItsServer(_ status: Int) async throws {
        let other = try ScriptedServer { _, _ in .answer(["stolen"]) }
        let target = other.address + "/v1/chat/completions"
        let own = try ScriptedServer.openAI { _, number in
            number == 1 ? .json("{}", status: status, headers: ["Location": target]) : .answer(["ok"])
        }
        let backend = try OpenAIBackend.open(endpoint(own))
        let first = await backend.outcome()
        #expect(first.complaint.contains("points elsewhere, to \(target)"))
        #expect(await backend.outcome().text == "ok")
        #expect(count(own) == own.requests.count && own.requests.count == 3)
        #expect(other.requests.isEmpty && other.connectionCount == 0)
    }

    @Test func aListThatIsElsewhereIsNotFetched() throws {
        let other = try ScriptedServer { _, _ in .models() }
        let target = other.address
        let own = try ScriptedServer { _, _ in .json("", status: 302, headers: ["Location": target + "/v1/models"]) }
        #expect(throws: OpenAIError.self) { try OpenAIBackend.open(endpoint(own)) }
        #expect(count(own) == 1 && other.connectionCount == 0)
    }

    /// One process talks to several servers, each with its own key or none.
    @Test func serversDoNotShareKeys() async throws {
        let servers = try (0..<3).map { _ in try ScriptedServer.openAI { _, _ in .answer(["ok"]) } }
        let keys = ["sk-of-the-first", "sk-of-the-second", nil]
        for (server, key) in zip(servers, keys) {
            var endpoint = try server.endpoint()
            endpoint.credential = try key.map {
                try Credential(key: $0, origin: endpoint.url.origin, source: "a test")
            }
            #expect(try await OpenAIBackend.open(endpoint).outcome().text == "ok")
        }
        for (place, server) in servers.enumerated() {
            for request in server.requests {
                let bytes = String(decoding: request.bytes, as: UTF8.self)
                for (other, key) in keys.enumerated() {
                    if let key { #expect(bytes.contains(key) == (other == place)) }
                }
                #expect((request.headers["authorization"] == nil) == (keys[place] == nil))
            }
        }
    }

    /// A key for another server isn't sent, even where somebody binds it to an endpoint by mistake.
    @Test func aKeyOfAnotherServerStaysHere() async throws {
        let server = try ScriptedServer.openAI { _, _ in .answer(["ok"]) }
        var endpoint = try server.endpoint()
        endpoint.credential = try Credential(
            key: Self.key, origin: try #require(Origin("https://models.example")), source: "a test")
        #expect(try await OpenAIBackend.open(endpoint).outcome().text == "ok")
        #expect(count(server) == 0)
    }

    /// Servers repeat keys in errors, in heads and in the middle of streams.
    @Test func isInNoError() async throws {
        let words = #"{"error":{"message":"Incorrect API key provided: \#(Self.key)."}}"#
        let replies: [ScriptedServer.Reply] = [
            .json(words, status: 401), .json(words, status: 400), .json(words, status: 500),
            .steps(.send(ScriptedServer.Reply.head + "data: \(words)\n\n")),
            .steps(.send(ScriptedServer.Reply.head + "data: not JSON \(Self.key)\n\n")),
            .init(headers: ["Content-Type": "text/plain"], body: Array(Self.key.utf8)),
        ]
        for reply in replies {
            let server = try ScriptedServer.openAI { _, _ in reply }
            let outcome = try await OpenAIBackend.open(endpoint(server)).outcome()
            #expect(outcome.error != nil)
            #expect(!outcome.complaint.contains(Self.key), "\(outcome.complaint)")
            #expect(!outcome.notes.joined().contains(Self.key))
        }
    }
}
