import Testing

@testable import Server

@Suite struct HTTPEncodingTests {
    private func head(_ status: HTTPStatus, _ end: HTTPEncoding.BodyEnd, keepsAlive: Bool = true) -> String {
        String(
            decoding: HTTPEncoding.head(status, ["A": "b"], bodyEnd: end, keepsAlive: keepsAlive, date: "now"),
            as: UTF8.self)
    }

    @Test("a head says how the body ends, and whether the connection does")
    func heads() {
        #expect(
            head(.ok, .length(5))
                == "HTTP/1.1 200 OK\r\nDate: now\r\nA: b\r\nContent-Length: 5\r\nConnection: keep-alive\r\n\r\n")
        #expect(
            head(.ok, .lastChunk, keepsAlive: false)
                == "HTTP/1.1 200 OK\r\nDate: now\r\nA: b\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n")
        #expect(head(.ok, .connection) == "HTTP/1.1 200 OK\r\nDate: now\r\nA: b\r\nConnection: close\r\n\r\n")
        #expect(
            head(.noContent, .length(0))
                == "HTTP/1.1 204 No Content\r\nDate: now\r\nA: b\r\nConnection: keep-alive\r\n\r\n")
    }

    @Test("a chunk has its length in front")
    func chunks() {
        let bytes = [UInt8](repeating: 0x61, count: 26)
        #expect(
            String(decoding: HTTPEncoding.chunk(bytes), as: UTF8.self)
                == "1a\r\n\(String(repeating: "a", count: 26))\r\n")
    }

    @Test("the date has the form that HTTP wants")
    func date() {
        #expect(
            HTTPEncoding.currentDate.wholeMatch(of: /[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT/)
                != nil)
    }
}
