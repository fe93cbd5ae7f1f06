import Testing

@testable import Server

@Suite struct AdmissionTests {
    private func status(
        _ fields: HTTPFields, key: String? = nil, origins: [String] = [], host: String = "127.0.0.1",
        needsKey: Bool = true
    ) -> HTTPStatus? {
        var configuration = ServerConfiguration()
        (configuration.key, configuration.allowedOrigins, configuration.host) = (key, origins, host)
        do throws(APIError) {
            try Admission(configuration).check(
                HTTPRequest(method: "GET", path: "/", fields: fields), needsKey: needsKey)
            return nil
        } catch {
            return error.status
        }
    }

    @Test("only the exact key is let in", arguments: ["", "secre", "secrets", "Secret", "secretsecret", "x"])
    func wrongKeys(key: String) {
        #expect(status(["Authorization": "Bearer \(key)"], key: "secret") == .unauthorized)
        #expect(status(["Authorization": "Bearer secret"], key: "secret") == nil)
        #expect(status(["Authorization": "bearer secret"], key: "secret") == nil)
        #expect(status(["Authorization": "Basic secret"], key: "secret") == .unauthorized)
        #expect(status([:], key: "secret") == .unauthorized)
        #expect(status([:], key: "secret", needsKey: false) == nil)
    }

    @Test("bytes are equal or not, wherever they differ")
    func comparison() {
        let secret = Array("0123456789".utf8)
        #expect(Admission.areEqual(secret, secret))
        for index in secret.indices {
            var other = secret
            other[index] ^= 1
            #expect(!Admission.areEqual(other, secret))
            #expect(!Admission.areEqual(Array(secret[..<index]), secret))
        }
        #expect(!Admission.areEqual(secret + secret, secret))
        #expect(!Admission.areEqual([0], []))
    }

    @Test(
        "on loopback only its own names are answered",
        arguments: [
            ("localhost:8080", true), ("127.0.0.1", true), ("127.1.2.3:1", true), ("[::1]:8080", true),
            ("LOCALHOST", true), ("evil.example", false), ("127.0.0.1.evil.example", false), ("localhost.evil", false),
            ("192.168.0.1", false), ("", false), ("127.0.0.evil", false),
        ])
    func rebinding(host: String, isLetIn: Bool) {
        #expect(status(["Host": host]) == (isLetIn ? nil : .forbidden))
        #expect(status(["Host": host], host: "0.0.0.0") == nil, "elsewhere any name may be the server's")
    }

    @Test("pages of other origins are refused unless they were allowed")
    func origins() {
        #expect(status(["Origin": "https://page.example"]) == .forbidden)
        #expect(status(["Origin": "null"]) == .forbidden)
        #expect(status(["Origin": "https://page.example"], origins: ["https://page.example"]) == nil)
        #expect(status(["Origin": "https://other.example"], origins: ["https://page.example"]) == .forbidden)
        #expect(status(["Origin": "https://other.example"], origins: ["*"]) == nil)
    }

    @Test("a browser that asks first learns what is allowed")
    func preflight() {
        var configuration = ServerConfiguration()
        configuration.allowedOrigins = ["https://page.example"]
        let admission = Admission(configuration)
        func request(_ origin: String) -> HTTPRequest {
            HTTPRequest(method: "OPTIONS", path: "/v1/models", fields: ["Origin": origin])
        }
        #expect(admission.preflight(request("https://page.example"))?.status == .noContent)
        #expect(admission.preflight(request("https://other.example")) == nil)
        #expect(
            admission.originFields(for: request("https://page.example"))["Access-Control-Allow-Origin"]
                == "https://page.example")
        #expect(admission.originFields(for: request("https://other.example")).all.isEmpty)
    }

    @Test("a server that others reach needs a key, or a word that it needs none")
    func strangers() throws {
        var configuration = ServerConfiguration()
        configuration.host = "0.0.0.0"
        #expect(throws: ServerError.keyMissing(host: "0.0.0.0")) { try configuration.check() }
        configuration.key = "secret"
        try configuration.check()
        configuration.key = nil
        configuration.allowsStrangers = true
        try configuration.check()
        configuration.key = "two words"
        #expect(throws: ServerError.badKey("the API key")) { try configuration.check() }
    }
}
