import Backends
import Configuration
import EngineTestSupport
import Foundation
import ModelLibrary
import Testing

@testable import diptych

@Suite struct ModelResolverTests {
    private static let servers = """
        servers:
          gpu:
            url: https://models.example/v1
            model: big
            key: {environment: GPU_KEY}
            price: {input: 1, output: 2}
          lab: {url: "http://127.0.0.1:9000"}
        """

    private func endpoint(
        _ model: String, _ variables: [String: String] = ["GPU_KEY": "sk-gpu"]
    ) throws -> OpenAIEndpoint {
        var environment = Environment(variables)
        environment.variables["HOME"] = "/nowhere"
        let resolver = ModelResolver(
            library: try ModelLibrary(environment: environment),
            configuration: try ConfigurationFile(yaml: Self.servers, file: "config.yaml"), environment: environment)
        guard case .remote(let endpoint) = try resolver.resolve(model) else { throw CommandFailure(message: "local") }
        return endpoint
    }

    @Test(arguments: [
        ("gpu", "https://models.example/v1", "big"), ("lab", "http://127.0.0.1:9000/v1", nil),
        ("openai:other@gpu", "https://models.example/v1", "other"),
        ("openai:other@https://models.example", "https://models.example/v1", "other"),
        ("openai:org/m@2:latest@http://localhost:1/v1", "http://localhost:1/v1", "org/m@2:latest"),
        ("openai:@http://localhost:1", "http://localhost:1/v1", nil),
        ("openai:gpt", "https://api.openai.com/v1", "gpt"),
    ])
    func saysWhereAModelIs(_ model: String, _ url: String, _ name: String?) throws {
        let endpoint = try endpoint(model)
        #expect(endpoint.url.base == url && endpoint.model == name)
    }

    @Test func theBaseURLOfTheEnvironmentIsTheDefault() throws {
        let variables = ["OPENAI_BASE_URL": "http://localhost:7/v1", "OPENAI_API_KEY": "sk-env"]
        #expect(try endpoint("openai:m", variables).url.base == "http://localhost:7/v1")
        #expect(try endpoint("openai:m", variables).credential != nil)
    }

    /// A server that is named by its address keeps its key; the environment's key is for one server alone.
    @Test func keysStayWithTheirServers() throws {
        #expect(
            try endpoint("openai:m@https://models.example").credential?.description
                == "a key for https://models.example")
        #expect(try endpoint("openai:m@https://models.example").price != nil)
        let key = ["OPENAI_API_KEY": "sk-env"]
        #expect(try endpoint("openai:gpt", key).credential?.description == "a key for https://api.openai.com")
        for place in ["https://api.openai.com.evil.example", "http://localhost:1", "http://api.openai.com"] {
            #expect(try endpoint("openai:gpt@\(place)", key).credential == nil)
        }
        #expect(try endpoint("lab", key).credential == nil)
    }

    @Test func aKeyThatIsMissingIsNamed() {
        let error = #expect(throws: CommandFailure.self) { try endpoint("gpu", [:]) }
        #expect(error?.message == "server 'gpu' takes its key from the environment variable GPU_KEY, which isn't set")
    }

    @Test func serversAreAmongTheNamesThatAreKnown() {
        let error = #expect(throws: ModelLibraryError.self) { try endpoint("gpx") }
        #expect(error?.description.contains("did you mean gpu?") == true)
        #expect(error?.description.hasSuffix("gpu, lab") == true)
    }

    @Test func whoIsRefusedLearnsWhoseTheKeyIs() throws {
        let reason = try endpoint("openai:m@http://localhost:1", ["OPENAI_API_KEY": "sk-env"]).keylessReason
        #expect(reason == "OPENAI_API_KEY is for https://api.openai.com alone")
        #expect(try endpoint("openai:m@http://localhost:1", [:]).keylessReason == nil)
    }

    @Test(arguments: ["openai:m@nowhere", "openai:m@ftp://x", "openai:m@https://me:pass@x.example"])
    func otherPlacesAreRefused(_ model: String) {
        let error = #expect(throws: OpenAIError.self) { try endpoint(model) }
        #expect(error?.description.contains("pass@") == false)
    }

    private func read(_ source: ServerSettings.KeySource) throws -> String {
        try source.read(Environment(["A": "sk-a", "HOME": NSTemporaryDirectory()]), server: "s")
    }

    @Test func keysAreRead() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(Array("sk-file\n".utf8), as: "key")
        #expect(try read(.environment("A")) == "sk-a")
        #expect(try read(.file(file)) == "sk-file")
        #expect(try read(.command("echo sk-$A; echo noise >&2")) == "sk-sk-a")
        #expect(throws: CommandFailure.self) { try read(.file(file + ".not")) }
        #expect(throws: CommandFailure.self) { try read(.file(folder.path)) }
        let error = #expect(throws: CommandFailure.self) { try read(.command("echo sk-secret; exit 3")) }
        #expect(error?.message == "server 's' takes its key from a command, which failed with exit code 3")
    }
}
