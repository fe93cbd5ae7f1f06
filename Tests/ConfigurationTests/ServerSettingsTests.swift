import Testing

@testable import Configuration

@Suite struct ServerSettingsTests {
    private func servers(_ yaml: String) throws -> [ServerSettings] {
        try ConfigurationFile(yaml: "servers:\n" + yaml, file: "c.yaml").servers
    }

    @Test func everythingIsTaken() throws {
        let servers = try servers(
            """
              gpu:
                url: https://models.example/v1
                model: big
                key: {environment: MODELS_KEY}
                style: completions
                usage: false
                plain_http: true
                price: {input: 0.15, cached_input: 0.075, output: 0.6, currency: EUR}
                timeouts: {connect: 1.5, first_token: 60, between_tokens: 20}
                context: 32768
                attempts: 2
              plain:
                url: http://127.0.0.1:8080
            """)
        let gpu = try #require(servers.first)
        #expect(gpu.name == "gpu" && gpu.url == "https://models.example/v1" && gpu.model == "big")
        #expect(gpu.key == .environment("MODELS_KEY"))
        #expect(gpu.style == .completions && !gpu.usage && gpu.plainHTTP)
        #expect(gpu.price?.input == 0.15 && gpu.price?.cachedInput == 0.075 && gpu.price?.output == 0.6)
        #expect(gpu.price?.currency == "EUR" && gpu.price?.hour == nil)
        #expect(gpu.timeouts == .init(connect: 1.5, firstToken: 60, betweenTokens: 20))
        #expect(gpu.context == 32768 && gpu.attempts == 2)
        let plain = try #require(servers.last)
        #expect(plain.name == "plain" && plain.model == nil && plain.key == nil && plain.price == nil)
        #expect(plain.style == .chat && plain.usage && !plain.plainHTTP)
    }

    @Test(arguments: [
        ("{environment: A}", ServerSettings.KeySource.environment("A")), ("{file: ~/key}", .file("~/key")),
        ("{command: pass show a}", .command("pass show a")),
    ])
    func keysHaveOneSource(_ yaml: String, _ source: ServerSettings.KeySource) throws {
        #expect(try servers("  a:\n    url: https://a\n    key: \(yaml)").first?.key == source)
    }

    @Test func thisMachineHasAPriceByTheHour() throws {
        let file = try ConfigurationFile(yaml: "local_price: {hour: 0.05, currency: €}", file: "c.yaml")
        #expect(file.localPrice?.hour == 0.05 && file.localPrice?.currency == "€")
    }

    @Test(arguments: [
        ("servers: x", "c.yaml:1: servers: expected names of your own"),
        ("servers: {a: {}}", "servers.a.url: expected the server's address"),
        ("servers: {a: {url: x, ur: y}}", "found \"ur\"; did you mean \"url\"?"),
        ("servers: {\"a:b\": {url: x}}", "expected a name without spaces, colons, slashes and @"),
        ("servers: {a: {url: x, key: {environment: A, file: b}}}", "found 2 of them"),
        ("servers: {a: {url: x, key: {}}}", "found none"),
        ("servers: {a: {url: x, style: talk}}", "expected chat or completions, found \"talk\""),
        ("servers: {a: {url: x, price: {input: 1}}}", "or price: {hour: 2.50}"),
        ("servers: {a: {url: x, price: {hour: 1, output: 2, input: 1}}}", "or price: {hour: 2.50}"),
        ("servers: {a: {url: x, price: {hour: -1}}}", "expected an amount from 0.0"),
        ("servers: {a: {url: x, timeouts: {connect: 0}}}", "expected seconds from 0.1"),
        ("servers: {a: {url: x, attempts: 0}}", "expected a number of attempts from 1 to 100"),
        ("local_price: {input: 1, output: 2}", "expected hour: what an hour of this machine costs"),
    ])
    func saysWhatIsWrong(_ yaml: String, _ expected: String) {
        let error = #expect(throws: ConfigurationError.self) { try ConfigurationFile(yaml: yaml, file: "c.yaml") }
        #expect(error?.description.contains(expected) == true, "\(error?.description ?? "nothing")")
    }

    /// A key that somebody wrote into the file isn't repeated by the complaint about it.
    @Test func aKeyInTheFileIsRefusedAndNotShown() {
        let error = #expect(throws: ConfigurationError.self) {
            try servers("  a:\n    url: https://a\n    key: sk-very-secret")
        }
        #expect(error?.description.contains("secret") == false)
        #expect(error?.description.contains("keep the key itself out of this file") == true)
    }
}
