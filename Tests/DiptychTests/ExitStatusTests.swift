import Foundation
import Testing

@testable import diptych

@Suite("Exit codes and error lines of the built program")
struct ExitStatusTests {
    @Test("--version prints the version")
    func version() throws {
        let result = try ProgramProcess.run(["--version"])
        #expect(result.status == 0)
        #expect(result.output == ProgramVersion.current + "\n")
        #expect(result.errors.isEmpty)
    }

    @Test(
        "--help goes to standard output",
        arguments: [[]] + Diptych.configuration.subcommands.map { [$0._commandName] })
    func help(subcommand: [String]) throws {
        let result = try ProgramProcess.run(subcommand + ["--help"])
        #expect(result.status == 0)
        #expect(result.output.contains("USAGE: diptych"))
        #expect(result.errors.isEmpty)
    }

    @Test(
        "wrong usage exits 2 with one line",
        arguments: [
            ["run"], ["run", "model", "--no-such-option"], ["run", "model", "-p", ""],
            ["run", "model", "-p", "x", "-n", "0"], ["run", "model", "-p", "x", "-n", "many"],
            ["run", "model", "-p", "x", "--temp", "-1"], ["run", "model", "-p", "x", "--top-p", "0"],
            ["run", "model", "-p", "x", "--min-p", "1.5"], ["run", "model", "-p", "x", "--seed", "-4"],
            ["run", "model", "-p", "x", "--logprobs", "3"], ["run", "model", "-p", "x", "--threads", "0"],
            ["compare", "-p", "x", "--repeat", "0"], ["compare", "-p", "x", "--small", "a", "--model", "b"],
            ["compare", "-p", "x", "--context", "0"],
            ["tokenize"], ["tokenize", "model", "text", "--file", "name"], ["tokenize", "model", "a", "b"],
            ["tokenize", "model", "a", "--repeat", "2"], ["tokenize", "model", "a", "--json", "--repeat", "-1"],
            ["template", "model"], ["inspect"], ["doctor", "surplus"], ["a", "--small", "b"],
            ["serve"], ["serve", "model", "--port", "70000"], ["serve", "model", "--parallel", "0"],
            ["serve", "model", "--queue", "-1"], ["serve", "model", "--no-key", "--api-key-file", "name"],
        ])
    func wrongUsage(arguments: [String]) throws {
        let result = try ProgramProcess.run(arguments)
        #expect(result.status == 2)
        #expect(result.output.isEmpty)
        #expect(result.errors.isOneErrorLine, "\(result.errors)")
    }

    @Test("the playground without a terminal points to compare")
    func playgroundWithoutTerminal() throws {
        let result = try ProgramProcess.run([])
        #expect(result.status == 2)
        #expect(result.errors.isOneErrorLine)
        #expect(result.errors.contains("diptych compare"))
    }

    @Test(
        "a file that isn't there exits 1 with one line that names it",
        arguments: [
            ["run", "/nowhere/model.gguf", "-p", "x"], ["compare", "--model", "/nowhere/model.gguf", "-p", "x"],
            ["tokenize", "/nowhere/model.gguf", "x"], ["inspect", "/nowhere/model.gguf"],
            ["template", "/nowhere/model.gguf", "--messages", "-"], ["serve", "/nowhere/model.gguf"],
        ])
    func missingFile(arguments: [String]) throws {
        let result = try ProgramProcess.run(arguments, input: "[]")
        #expect(result.status == 1)
        #expect(result.output.isEmpty)
        #expect(result.errors.isOneErrorLine, "\(result.errors)")
        #expect(result.errors.contains("/nowhere/model.gguf"))
    }

    @Test("without a prompt, standard input is read; an empty one is wrong usage")
    func emptyPrompt() throws {
        let result = try ProgramProcess.run(["run", #filePath])
        #expect(result.status == 2)
        #expect(result.errors.isOneErrorLine, "\(result.errors)")
        #expect(result.errors.contains("-p TEXT"))
    }

    @Test("completions are generated", arguments: ["bash", "zsh", "fish"])
    func completions(shell: String) throws {
        let result = try ProgramProcess.run(["--generate-completion-script", shell])
        #expect(result.status == 0)
        for subcommand in Diptych.configuration.subcommands {
            #expect(result.output.contains(subcommand._commandName))
        }
    }
}

extension String {
    /// One line, with the program's name in front.
    fileprivate var isOneErrorLine: Bool {
        hasPrefix("diptych: ") && hasSuffix("\n") && dropLast().allSatisfy { !$0.isNewline }
    }
}
