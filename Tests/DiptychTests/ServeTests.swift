import EngineTestSupport
import Foundation
import Testing

@testable import diptych

@Suite("serve, with the built program")
struct ServeTests {
    /// A running server.
    private final class ServerProcess {
        private let process = Process()
        private let output = Pipe()
        private let errors = Pipe()

        init(_ model: String) throws {
            process.executableURL = URL(filePath: ProgramProcess.path)
            process.arguments = ["serve", model, "--port", "0", "--context", "64", "--json"]
            process.environment = ProcessInfo.processInfo.environment.filter { $0.key != "DIPTYCH_API_KEY" }
            process.standardOutput = output
            process.standardError = errors
            try process.run()
        }

        /// What it says when it is ready.
        func document() throws -> ServeDocument {
            var bytes = Data()
            while bytes.suffix(2) != Data("}\n".utf8) {
                let more = output.fileHandleForReading.availableData
                try #require(!more.isEmpty, "the server ended")
                bytes += more
            }
            let decoder = JSONDecoder()
            decoder.keyDecodingStrategy = .convertFromSnakeCase
            return try decoder.decode(ServeDocument.self, from: bytes)
        }

        /// Ends it by a signal; returns the exit status and what was logged.
        func end(by signal: Int32) -> (status: Int32, log: String) {
            kill(process.processIdentifier, signal)
            let log = errors.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            return (process.terminationStatus, String(decoding: log, as: UTF8.self))
        }

        deinit {
            if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        }
    }

    private func answer(of model: String) throws -> [String: Any] {
        let result = try ProgramProcess.run(
            ["run", model, "-p", "hello world", "-n", "8", "--logprobs", "2", "--context", "64", "--json"])
        #expect(result.status == 0, "\(result.errors)")
        return try #require(JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    }

    @Test(
        "a model that is served answers as it does here, until a signal ends the server",
        arguments: [SIGTERM: 0, SIGINT: 130])
    func serves(signal: Int32, status: Int32) throws {
        let folder = try TemporaryFolder()
        let model = try TinyModel(.llama).write(to: folder)
        let server = try ServerProcess(model)
        let document = try server.document()
        let name = try #require(document.models.first)
        let (here, there) = (try answer(of: model), try answer(of: "openai:\(name)@\(document.url)"))
        #expect(there["text"] as? String == here["text"] as? String)
        #expect(there["prompt_tokens"] as? Int == here["prompt_tokens"] as? Int)
        func logprobs(_ answer: [String: Any]) -> [Double] {
            (answer["steps"] as? [[String: Any]] ?? []).compactMap { step in
                (step["text"] as? String)?.isEmpty == false ? step["logprob"] as? Double : nil
            }
        }
        #expect(logprobs(there) == logprobs(here) && !logprobs(here).isEmpty)
        let (ended, log) = server.end(by: signal)
        #expect(ended == status, "\(log)")
        #expect(log.contains(" 127.0.0.1 POST /v1/chat/completions 200 model=\(name) "))
        #expect(!log.contains("hello world"))
    }
}
