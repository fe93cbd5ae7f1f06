import Testing

@testable import Server

@Suite struct HTTPRequestParserTests {
    private let plain = "POST /v1/chat/completions?x=1 HTTP/1.1\r\nHost: a\r\ncontent-LENGTH: 5\r\n\r\nhello"
    private let chunked =
        "POST /a%20b HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nhel\r\n2\r\nlo\r\n0\r\nT: 1\r\n\r\n"

    private func requests(_ pieces: [[UInt8]], limits: HTTPRequestParser.Limits = .init()) throws -> [HTTPRequest] {
        var parser = HTTPRequestParser(limits: limits)
        var requests: [HTTPRequest] = []
        for piece in pieces {
            parser.append(piece)
            while let request = try parser.next() { requests.append(request) }
        }
        return requests
    }

    private func fault(_ text: String, limits: HTTPRequestParser.Limits = .init()) -> HTTPFault? {
        do {
            _ = try requests([Array(text.utf8)], limits: limits)
            return nil
        } catch {
            return error as? HTTPFault
        }
    }

    @Test("two requests come out the same wherever their bytes are divided")
    func boundaries() throws {
        let bytes = Array((plain + "\r\n" + chunked).utf8)
        let whole = try requests([bytes])
        #expect(whole.map(\.path) == ["/v1/chat/completions", "/a b"])
        #expect(whole.map { String(decoding: $0.body, as: UTF8.self) } == ["hello", "hello"])
        #expect(whole[0].fields["Content-Length"] == "5")
        for index in 1..<bytes.count {
            #expect(try requests([Array(bytes[..<index]), Array(bytes[index...])]) == whole, "divided at \(index)")
        }
        #expect(try requests(bytes.map { [$0] }) == whole)
    }

    @Test("the stage tells what the connection waits for")
    func stages() throws {
        var parser = HTTPRequestParser()
        #expect(parser.stage == .idle)
        parser.append(Array("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n".utf8))
        #expect(try parser.next() == nil)
        #expect(parser.stage == .head && !parser.awaitsContinue)
        parser.append(Array("\r\n".utf8))
        #expect(try parser.next() == nil)
        #expect(parser.stage == .body && parser.awaitsContinue)
        parser.append(Array("ok".utf8))
        #expect(try parser.next()?.body == Array("ok".utf8))
        #expect(parser.stage == .idle && !parser.awaitsContinue)
    }

    @Test(
        "what could be understood in two ways is refused",
        arguments: [
            "nonsense\r\n\r\n", "GET /\r\n\r\n", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\n folded: line\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nName : v\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\rX: b\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\0\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +1\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1, 1\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n",
        ])
    func malformed(text: String) {
        guard case .malformed = fault(text) else {
            Issue.record("\(text.debugDescription): \(String(describing: fault(text)))")
            return
        }
    }

    @Test("what this server doesn't speak is told apart")
    func unsupported() {
        for text in [
            "GET / HTTP/2.0\r\nHost: a\r\n\r\n", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n",
        ] {
            guard case .unsupported = fault(text) else {
                Issue.record("\(text): \(String(describing: fault(text)))")
                return
            }
        }
    }

    @Test("head and body are bounded, also while they are still coming")
    func limits() {
        let limits = HTTPRequestParser.Limits(headBytes: 64, bodyBytes: 10)
        let long = String(repeating: "x", count: 100)
        #expect(fault("GET /\(long)", limits: limits) == .headTooLarge(limit: 64))
        #expect(fault("GET / HTTP/1.1\r\nHost: \(long)\r\n\r\n", limits: limits) == .headTooLarge(limit: 64))
        #expect(
            fault("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\n", limits: limits)
                == .bodyTooLarge(limit: 10))
        let chunks = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n6\r\n"
        #expect(
            fault(chunks + "123456\r\n6\r\n", limits: .init(headBytes: 100, bodyBytes: 10)) == .bodyTooLarge(limit: 10))
    }

    @Test(
        "the connection stays open as the versions say",
        arguments: [
            ("HTTP/1.1", "", true), ("HTTP/1.1", "Connection: Close\r\n", false), ("HTTP/1.0", "", false),
            ("HTTP/1.0", "Connection: keep-alive\r\n", false),
        ])
    func keepAlive(version: String, field: String, keeps: Bool) throws {
        let request = try #require(try requests([Array("GET / \(version)\r\nHost: a\r\n\(field)\r\n".utf8)]).first)
        #expect(request.keepsAlive == keeps)
    }
}
