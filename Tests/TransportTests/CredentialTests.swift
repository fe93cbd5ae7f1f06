import Testing
import Transport

@Suite struct CredentialTests {
    private static let key = "sk-0123456789abcdef"

    private func credential() throws -> Credential {
        let origin = try #require(Origin("https://models.example/v1"))
        return try Credential(key: Self.key, origin: origin, source: "MODELS_KEY")
    }

    @Test(arguments: [
        ("https://models.example/v1/models", true), ("https://MODELS.example:443/other", true),
        ("http://models.example/v1", false), ("https://models.example:8443/v1", false),
        ("https://models.example.evil/v1", false), ("https://evil/https://models.example/", false),
        ("https://sub.models.example/v1", false), ("https://models.example@evil/v1", false), ("nonsense", false),
    ])
    func belongsToOneOrigin(_ url: String, _ isSent: Bool) throws {
        #expect(try credential().authorization(for: url)?.value == (isSent ? "Bearer \(Self.key)" : nil))
    }

    @Test func isNotPrinted() throws {
        let credential = try credential()
        var dumped = ""
        dump(credential, to: &dumped)
        for text in ["\(credential)", String(reflecting: credential), "\([credential])", dumped] {
            #expect(!text.contains("0123"), "\(text)")
        }
        #expect(credential.redacting("wrong key \(Self.key)!") == "wrong key [key]!")
        #expect(credential.redacting("wrong key \(Self.key.prefix(11))…") == "wrong key [key]…")
    }

    @Test(arguments: ["", " ", "a b", "a\r\nX-Evil: 1", "schlüssel", "a\0"])
    func whatCannotStandInAHeaderIsRefused(_ key: String) throws {
        let origin = try #require(Origin("https://models.example"))
        let error = #expect(throws: CredentialError.self) {
            try Credential(key: key, origin: origin, source: "MODELS_KEY")
        }
        #expect(error?.description.contains("MODELS_KEY") == true)
        if key.count > 2 { #expect(error?.description.contains(key) == false) }
    }
}

@Suite struct OriginTests {
    @Test(arguments: [
        ("https://a.example/x?y", "https://a.example"), ("http://A.Example:80", "http://a.example"),
        ("http://127.0.0.1:8080/v1", "http://127.0.0.1:8080"), ("http://[::1]:9/v1", "http://[::1]:9"),
    ])
    func isWhereAURLLeads(_ url: String, _ text: String) {
        #expect(Origin(url)?.description == text)
    }

    @Test(arguments: ["ftp://a", "a.example", "", "https://", "file:///etc/passwd"])
    func othersHaveNone(_ url: String) {
        #expect(Origin(url) == nil)
    }

    @Test(arguments: [
        ("http://localhost:1", true), ("http://127.1.2.3", true), ("http://[::1]", true), ("http://x.localhost", true),
        ("http://127.evil.example", false), ("http://localhost.evil", false), ("http://192.168.1.2", false),
        ("http://0.0.0.0", false), ("http://127.0.0.1.evil.example", false),
    ])
    func thisMachineIsKnown(_ url: String, _ isHere: Bool) {
        #expect(Origin(url)?.isThisMachine == isHere)
    }
}
