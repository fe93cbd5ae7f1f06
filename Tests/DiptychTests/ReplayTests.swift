import Chat
import ChatTestSupport
import Foundation
import Recording
import Testing

@testable import diptych

@Suite("replay, export and sessions")
final class ReplayTests {
    private let folder: SessionFolder
    private let path: String

    init() throws {
        folder = SessionFolder(
            path: FileManager.default.temporaryDirectory.appending(path: "diptych-sessions-\(UUID().uuidString)").path)
        path = try Self.record(in: folder.path)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: folder.path)
    }

    /// Two models answer, one after the other; a control character is among their words.
    private static func record(in folder: String) throws -> String {
        let header = SessionHeader(
            program: "diptych", version: "0.1.0", started: Date(timeIntervalSince1970: 1_796_000_000),
            machine: RecordedMachine(processor: "A processor"))
        let writer = try SessionWriter(directory: folder, header: header) { _ in }
        let answers = [(PaneRole.small, "tiny", ["The ", "Rhine"]), (.large, "huge", ["The ", "Rhône", "\u{7}."])]
        for (pane, (role, name, _)) in answers.enumerated() {
            writer.append(
                .paneOpened(
                    PaneOpening(pane: pane, at: .zero, role: role, model: name, profile: .scripted(name: name))))
        }
        for (pane, (_, _, words)) in answers.enumerated() {
            writer.append(
                .runStarted(
                    RunStart(
                        run: pane, pane: pane, turn: 1, prompt: "Name a river.", request: Sample.request,
                        started: header.started, at: .seconds(pane + 1))))
            writer.append(.event(run: pane, .prompt(PromptSummary(tokens: 4, cachedTokens: 0))))
            for (index, word) in words.enumerated() {
                let at = Duration.milliseconds((pane + 1) * (50 + 10 * index))
                writer.append(.event(run: pane, .token(ChatToken(id: index, text: word, at: at))))
            }
            writer.append(.event(run: pane, .finished(.stop, at: .milliseconds(150))))
        }
        writer.append(.vote(Vote(prompt: "Name a river.", panes: [0, 1], outcome: .won(pane: 1), at: .seconds(5))))
        return writer.path
    }

    private func replay(isTerminal: Bool = false) async throws -> String {
        let session = try RecordedSession(reading: SessionFile(path: path))
        let output = MemoryOutput(isTerminal: isTerminal)
        try await ReplayWriter(
            session: session, speed: .immediate, output: output.output, notes: MemoryOutput().output
        ).write()
        return output.text
    }

    @Test("replay prints the conversation with its figures")
    func conversation() async throws {
        let text = try await replay()
        #expect(
            text.contains("> Name a river.\n\n── small: tiny ──\nThe Rhine\n\n── large: huge ──\nThe Rhône\u{7}.\n"))
        #expect(text.contains(/\nfirst token \(TTFT\) +50\.0 ms +100 ms\n/))
        #expect(text.contains("small: 2.0x faster to first token"))
        #expect(text.contains("vote: better: large: huge\n"))
    }

    @Test("replay on a terminal shows control characters")
    func hostileAnswer() async throws {
        let text = try await replay(isTerminal: true)
        #expect(text.contains("The Rhône␇."))
        #expect(!text.contains("\u{7}"))
    }

    @Test("replay runs as a process, for people and with --json")
    func process() throws {
        let plain = try ProgramProcess.run(["replay", path, "--speed", "inf", "--plain"])
        #expect(plain.status == 0)
        #expect(plain.output.contains("── small: tiny ──\nThe Rhine\n"))
        #expect(plain.errors.isEmpty)
        let result = try ProgramProcess.run(["replay", path, "--json"])
        #expect(result.status == 0)
        let object = try #require(JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
        #expect(object["schema"] as? Int == 1)
        let turns = try #require(object["turns"] as? [[String: Any]])
        let answers = try #require(turns.first?["answers"] as? [[String: Any]])
        #expect(answers.map { $0["answer"] as? String } == ["The Rhine", "The Rhône\u{7}."])
    }

    @Test("wrong speeds are wrong usage", arguments: ["0", "-1", "fast", "1e9", "nan"])
    func speeds(_ speed: String) throws {
        #expect(try ProgramProcess.run(["replay", path, "--speed=\(speed)"]).status == 2)
    }

    @Test("what is no session exits 1 with one line", arguments: ["replay", "export"])
    func noSession(_ command: String) throws {
        for file in ["/nowhere/session.jsonl", #filePath, "/"] {
            let result = try ProgramProcess.run([command, file])
            #expect(result.status == 1)
            #expect(result.output.isEmpty)
            #expect(result.errors.hasPrefix("diptych: ") && result.errors.split(separator: "\n").count == 1)
            #expect(result.errors.contains(file))
        }
    }

    @Test(
        "export writes the format that is asked for, or that the file's name says",
        arguments: [
            (["--format", "markdown"], "# Session of "), ([], "# Session of "),
            (["--format", "html"], "<!doctype html>"),
            (["--format", "json"], "{\n"), (["-o", "page.html"], "<!doctype html>"), (["-o", "a.json"], "{\n"),
            (["-o", "b.md"], "# Session of "), (["--format", "json", "-o", "c.html"], "{\n"),
        ])
    func export(_ options: [String], _ beginning: String) throws {
        var options = options
        var file: String?
        if let place = options.firstIndex(of: "-o") {
            file = folder.path + "/" + options[place + 1]
            options[place + 1] = folder.path + "/" + options[place + 1]
        }
        let result = try ProgramProcess.run(["export", path] + options)
        #expect(result.status == 0)
        let text = try file.map { try String(contentsOfFile: $0, encoding: .utf8) } ?? result.output
        #expect(text.hasPrefix(beginning))
        #expect(file == nil || result.output.isEmpty)
    }

    @Test("export doesn't write over the session")
    func exportOntoItself() throws {
        let before = try Data(contentsOf: URL(filePath: path))
        let result = try ProgramProcess.run(["export", path, "-o", path])
        #expect(result.status == 2)
        #expect(try Data(contentsOf: URL(filePath: path)) == before)
    }

    @Test("sessions lists, finds and removes")
    func sessions() throws {
        try Data("rubbish".utf8).write(to: URL(filePath: folder.path + "/0.jsonl"))
        let list = SessionListDocument(folder)
        let name = try #require(list.sessions.last?.name)
        #expect(list.sessions.map(\.started) == [nil, "2026-11-30T00:53:20Z"])
        #expect(list.sessions.map { $0.problem == nil } == [false, true])
        let lines = list.text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        #expect(lines[0] == ["SESSION", "STARTED", "SIZE", "STATE"])
        #expect(lines[1] == ["0", "–", "7", "B", "cannot", "be", "read"])
        #expect(try SessionPathDocument(of: name, in: folder).path == path)
        #expect(try SessionPathDocument(of: nil, in: folder).path == folder.path)
        #expect(throws: SessionFileError.self) { try SessionRemovalDocument(removing: ["0", "unknown"], from: folder) }
        #expect(try SessionRemovalDocument(removing: ["0"], from: folder).text == "0: removed, 7 B are free again\n")
        #expect(SessionListDocument(folder).sessions.map(\.name) == [name])
    }
}
