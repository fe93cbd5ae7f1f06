import EngineTestSupport
import Foundation
import Testing
import TransportTestSupport

@testable import diptych

@Suite("A model on a server beside one of this machine, with the built program")
struct RemoteModelTests {
    private static let key = "sk-secret-0123456789abcdef"
    private let folder: EngineTestSupport.TemporaryFolder
    private let server: ScriptedServer
    private let small: String

    init() throws {
        folder = try EngineTestSupport.TemporaryFolder()
        small = try TinyModel(.llama).write(to: folder, as: "tiny.gguf")
        server = try ScriptedServer.openAI(owner: "vllm") { request, _ in
            String(decoding: request.body, as: UTF8.self).contains("fail")
                ? .json(#"{"error":{"message":"wrong key \#(Self.key)"}}"#, status: 401)
                : .answer(["The ", "Rhine", "."])
        }
        try FileManager.default.createDirectory(
            atPath: "\(folder.path)/diptych", withIntermediateDirectories: true)
        let configuration = """
            local_price: {hour: 3.6}
            servers:
              gpu:
                url: \(server.address)/v1
                model: big
                key: {environment: GPU_KEY}
                price: {input: 1000, output: 1000}
            """
        try configuration.write(toFile: "\(folder.path)/diptych/config.yaml", atomically: true, encoding: .utf8)
    }

    private func run(_ arguments: [String], input: String = "") throws -> ProgramProcess.Result {
        try ProgramProcess.run(
            arguments, input: input,
            environment: [
                "XDG_CONFIG_HOME": folder.path, "XDG_STATE_HOME": folder.path, "XDG_CACHE_HOME": folder.path,
                "GPU_KEY": Self.key, "SWIFT_BACKTRACE": "interactive=no",
            ])
    }

    private func object(_ text: String) throws -> [String: Any] {
        try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    @Test func areComparedInOneDocument() throws {
        let result = try run(["compare", "--small", small, "--large", "gpu", "-p", "hi", "-n", "5", "--json"])
        #expect(result.status == 0, "\(result.errors)")
        let panes = try #require(object(result.output)["panes"] as? [[String: Any]])
        #expect(panes.map { $0["role"] as? String } == ["small", "large"])
        #expect(panes[0]["server"] == nil)
        #expect((panes[1]["server"] as? [String: Any])?["host"] as? String == "127.0.0.1:\(server.port)")
        #expect(panes[1]["answer"] as? String == "The Rhine.")
        let metrics = try #require(panes[1]["metrics"] as? [String: Any])
        let phases = try #require((metrics["request"] as? [String: Any])?["phases"] as? [[String: Any]])
        #expect(phases.last?["step"] as? String == "first_token")
        #expect((metrics["itl_ms"] as? [String: Any])?["between"] as? String == "chunks")
        #expect(metrics["generated_unit"] as? String == "tokens" && metrics["generated_tokens"] as? Int == 3)
        // Seven tokens of prompt and three of answer at 1000 a million each.
        #expect((metrics["cost"] as? [String: Any])?["amount"] as? Double == 0.01)
        let local = try #require(panes[0]["metrics"] as? [String: Any])
        #expect((local["cost"] as? [String: Any])?["basis"] as? String == "elapsed_time")
        #expect(local["request"] == nil)
    }

    @Test func areComparedInATable() throws {
        let result = try run(["compare", "--model", "openai:big@gpu", "--model", small, "-p", "hi", "-n", "5"])
        #expect(result.status == 0, "\(result.errors)")
        for words in ["The Rhine.", "first byte to token", "cost of a thousand", "$0.010", "sent to first byte"] {
            #expect(result.output.contains(words), "\(words)")
        }
    }

    /// What goes wrong is one line on standard error, and the exit code says so.
    @Test(arguments: [
        (
            ["run", "gpu", "-p", "fail"],
            "refuses access (HTTP status 401): wrong key [key]; check the key from GPU_KEY"
        ),
        (["run", "openai:huge@gpu", "-p", "x"], "has no model 'huge'"),
        (["run", "openai:x@http://models.invalid", "-p", "x"], "--allow-plain-http"),
        (["bench", "openai:big@gpu"], "this command reads a model's file"),
    ])
    func failuresAreTold(_ arguments: [String], _ words: String) throws {
        let result = try run(arguments)
        #expect(result.status == 1)
        #expect(result.errors.contains(words), "\(result.errors)")
        #expect(!result.errors.contains(Self.key))
    }

    /// A proxy of the environment carries what goes to other machines, and nothing that stays on this one.
    @Test func proxiesAreForOtherMachines() throws {
        let variables = ["http_proxy": server.address, "XDG_STATE_HOME": folder.path]
        let far = try ProgramProcess.run(
            ["run", "openai:big@http://models.invalid/v1", "-p", "hi", "--allow-plain-http"], environment: variables)
        #expect(far.output == "The Rhine.\n", "\(far.errors)")
        #expect(server.requests.map(\.path).contains("http://models.invalid/v1/chat/completions"))
        let count = server.requests.count
        let other = try ScriptedServer.openAI { _, _ in .answer(["near"]) }
        let near = try ProgramProcess.run(
            ["run", "openai:big@\(other.address)", "-p", "hi"], environment: variables)
        #expect(near.output == "near\n" && server.requests.count == count)
    }

    @Test func areListedWithoutAnybodyBeingAsked() throws {
        let list = try run(["models", "list", "--json"])
        let models = try #require(object(list.output)["models"] as? [[String: Any]])
        let row = try #require(models.first { $0["id"] as? String == "gpu" })
        #expect(row["state"] as? String == "served" && row["title"] as? String == "big")
        #expect(row["server"] as? String == "127.0.0.1:\(server.port)")
        #expect(try run(["models", "list"]).output.contains("ON A SERVER"))
        let doctor = try run(["doctor"])
        #expect(doctor.output.contains("key from GPU_KEY") && !doctor.output.contains(Self.key))
        let lacking = try ProgramProcess.run(["doctor"], environment: ["XDG_CONFIG_HOME": folder.path, "GPU_KEY": ""])
        #expect(lacking.output.contains("takes its key from the environment variable GPU_KEY, which isn't set."))
        #expect(server.requests.isEmpty)
    }

    /// Every file that the program wrote and everything it printed, after answers and failures: the key is in none.
    @Test func theKeyIsNowhere() throws {
        let session = try run(["--plain", small, "gpu"], input: "hi\nfail\nhi\n")
        #expect(session.output.contains("The Rhine."))
        let sessions = "\(folder.path)/diptych/sessions"
        let file = try #require(FileManager.default.contentsOfDirectory(atPath: sessions).first)
        var printed = [session.output, session.errors]
        for format in ["markdown", "json", "html"] {
            let export = try run(["export", "\(sessions)/\(file)", "--format", format])
            #expect(export.status == 0, "\(export.errors)")
            #expect(export.output.contains("Rhine"))
            printed += [export.output, export.errors]
        }
        for text in printed { #expect(!text.contains(Self.key)) }
        let files = try #require(FileManager.default.enumerator(atPath: folder.path)).compactMap { $0 as? String }
        #expect(files.contains("diptych/sessions/\(file)"))
        for path in files where !path.hasSuffix(".gguf") {
            let data = FileManager.default.contents(atPath: "\(folder.path)/\(path)") ?? Data()
            #expect(!String(decoding: data, as: UTF8.self).contains(Self.key), "\(path)")
        }
        #expect(server.requests.allSatisfy { $0.headers["authorization"] == "Bearer \(Self.key)" })
    }
}
