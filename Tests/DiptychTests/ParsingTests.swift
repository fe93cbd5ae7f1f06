import ArgumentParser
import Chat
import Testing

@testable import diptych

@Suite("Arguments")
struct ParsingTests {
    private func parse<Command>(_ arguments: [String], as type: Command.Type) throws -> Command {
        try #require(Diptych.parseAsRoot(arguments) as? Command)
    }

    @Test("compare takes a pair, the sampler's parameters and the engine's")
    func compare() throws {
        let command = try parse(
            [
                "compare", "--small", "a", "--large", "b", "-p", "-dash first", "-n", "40", "--system", "Be brief.",
                "--temp", "0.7", "--top-k", "20", "--top-p", "0.9", "--min-p", "0.1", "--repeat-penalty", "1.1",
                "--presence-penalty", "-0.5", "--frequency-penalty", "0.25", "--seed", "18446744073709551615",
                "--repeat", "3", "--concurrent", "--context", "1024", "--threads", "2", "--json",
            ], as: CompareCommand.self)
        #expect(command.pair.small == "a")
        #expect(command.pair.large == "b")
        #expect(
            try command.prompt.messages() == [
                Message(role: .system, content: "Be brief."), Message(role: .user, content: "-dash first"),
            ])
        #expect(
            command.sampling.options
                == SamplingOptions(
                    temperature: 0.7, topK: 20, topP: 0.9, minP: 0.1, repetitionPenalty: 1.1, presencePenalty: -0.5,
                    frequencyPenalty: 0.25, seed: .max))
        #expect(command.prompt.maximumTokens == 40)
        #expect(command.repeats == 3)
        #expect(command.concurrent)
        #expect(command.engine.contextLength == 1024)
        #expect(command.engine.threads == 2)
        #expect(command.output.isJSON)
    }

    @Test("compare takes a list of models")
    func models() throws {
        let command = try parse(["compare", "--model", "a", "--model", "b", "-p", "x"], as: CompareCommand.self)
        #expect(command.models == ["a", "b"])
    }

    @Test("what isn't asked for has the sampler's own defaults")
    func defaults() throws {
        let command = try parse(["run", "model", "-p", "x"], as: RunCommand.self)
        #expect(command.sampling.options == SamplingOptions())
        #expect(!command.raw)
        #expect(command.logprobs == 0)
    }

    @Test("run takes raw text and a number of logprobs")
    func run() throws {
        let command = try parse(
            ["run", "model", "--raw", "-p", "Once", "--logprobs", "10", "--json"], as: RunCommand.self)
        #expect(command.model == "model")
        #expect(command.raw)
        #expect(command.logprobs == 10)
    }

    @Test("tokenize takes a text, also an empty one")
    func tokenize() throws {
        let command = try parse(["tokenize", "model", "", "--no-special", "--parse-special"], as: TokenizeCommand.self)
        #expect(command.text == "")
        #expect(command.noSpecial)
        #expect(command.parseSpecial)
    }

    @Test("template and inspect take their files")
    func files() throws {
        let template = try parse(
            ["template", "model", "--messages", "m.json", "--template", "t.jinja"], as: TemplateCommand.self)
        #expect(template.messages == "m.json")
        #expect(template.templates.template == "t.jinja")
        let inspect = try parse(["inspect", "a.gguf", "--context", "8192"], as: InspectCommand.self)
        #expect(inspect.file == "a.gguf")
        #expect(inspect.contextLength == 8192)
    }

    @Test("without a subcommand the playground opens, with models by name or by role")
    func playground() throws {
        #expect(try parse([], as: PlaygroundCommand.self).models.isEmpty)
        #expect(try parse(["a", "b"], as: PlaygroundCommand.self).models == ["a", "b"])
        #expect(try parse(["--large", "b"], as: PlaygroundCommand.self).pair.large == "b")
    }

    @Test("without -p the prompt is read from standard input, without its last line break")
    func standardInput() throws {
        let command = try parse(["run", "model"], as: RunCommand.self)
        let input = StandardInput(isTerminal: false) { Array("Zwei\nZeilen\n".utf8) }
        #expect(try command.prompt.messages(readingFrom: input) == [Message(role: .user, content: "Zwei\nZeilen")])
        #expect(throws: CommandFailure.self) {
            try command.prompt.messages(readingFrom: StandardInput(isTerminal: false) { [0xFF] })
        }
        #expect(throws: CommandFailure.self) {
            try command.prompt.messages(readingFrom: StandardInput(isTerminal: true) { [] })
        }
    }

    @Test("models pull takes names, and a file from an address")
    func pull() throws {
        let names = try parse(["models", "pull", "a", "hf:owner/name:Q4_K_M", "--json"], as: ModelsCommand.Pull.self)
        #expect(names.models == ["a", "hf:owner/name:Q4_K_M"])
        #expect(names.url == nil)
        let digest = String(repeating: "0", count: 64)
        let file = try parse(
            ["models", "pull", "--from", "https://a.b/c.gguf", "--sha256", digest, "--name", "d"],
            as: ModelsCommand.Pull.self)
        #expect(file.models.isEmpty)
        #expect(file.url == "https://a.b/c.gguf")
        #expect(file.digest == digest)
        #expect(file.name == "d")
    }

    @Test(
        "what can't be pulled is wrong usage",
        arguments: [
            ["--sha256", "00"], ["--name", "a"], ["--from", "http://a.b/c.gguf"], ["--from", "c.gguf"],
            ["--from", "https://a.b/c.gguf", "--sha256", "00"], ["--from", "https://a.b/c.gguf", "--name", "../d"],
        ])
    func pullUsage(arguments: [String]) {
        let error = #expect(throws: (any Error).self) { try Diptych.parseAsRoot(["models", "pull"] + arguments) }
        #expect(error.map { Diptych.exitCode(for: $0) } == .validationFailure)
    }
}
