import ArgumentParser
import Configuration
import ModelLibrary

/// `diptych models`: what the catalog has, what is here, and how it gets here and goes.
struct ModelsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "models",
        abstract: "List, fetch, find and remove models.",
        subcommands: [List.self, Pull.self, Path.self, Remove.self],
        defaultSubcommand: List.self
    )

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show the models that are here and those that can be fetched, and what fits in memory.",
            discussion: """
                Looks into the caches of Hugging Face, Ollama, LM Studio and llama.cpp too, and into the folders of \
                config.yaml. Nothing is moved, copied or changed there; the models are opened in place.
                """)

        @Option(
            name: .customLong("context"),
            help: ArgumentHelp("Estimate the memory for a context of so many tokens.", valueName: "tokens"))
        var contextLength = 4096

        @Flag(help: "Read files of the same size, a second or so a gigabyte, to list equal ones once.")
        var verify = false

        @OptionGroup var output: OutputArguments

        func validate() throws {
            guard (1...(1 << 30)).contains(contextLength) else {
                throw ValidationError("--context must be from 1 to \(1 << 30), not \(contextLength).")
            }
        }

        func run() async throws {
            let library = try ModelLibrary(environment: .process)
            let (contextLength, verify) = (contextLength, verify)
            let servers = try ConfigurationFile(directories: library.directories).servers
            let document = try await onOwnThread {
                ModelListDocument(library, servers: servers, contextLength: contextLength, isVerified: verify)
            }
            try Output.standard.write(output.isJSON ? document.encoded() : document.text)
        }
    }

    struct Pull: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Fetch models; an interrupted pull goes on where it stopped.",
            discussion: """
                A model is an id that `diptych models list` shows, or hf:OWNER/NAME[:QUANT] for any GGUF of the Hugging Face \
                Hub: QUANT is a format such as Q4_K_M or a file's name; without it Q4_K_M is taken, else Q8_0, else the \
                first file. NAME@REVISION pins a branch, tag or commit. HF_TOKEN opens private and gated models.

                Progress goes to standard error, the path of each model to standard output.
                """)

        @Argument(help: "Models to fetch; the default pair if none are given.")
        var models: [String] = []

        @Option(
            name: .customLong("from"),
            help: ArgumentHelp("Fetch a GGUF file, all parts of a split one, from this address.", valueName: "url"))
        var url: String?

        @Option(
            name: .customLong("sha256"),
            help: ArgumentHelp("What the file from --from must have.", valueName: "hex"))
        var digest: String?

        @Option(help: ArgumentHelp("What the file from --from is called here.", valueName: "name"))
        var name: String?

        @OptionGroup var output: OutputArguments

        func validate() throws {
            if url == nil, digest != nil || name != nil {
                throw ValidationError("--sha256 and --name need --from.")
            }
            do {
                _ = try file
            } catch {
                throw ValidationError("\(String(oneLine: error)).")
            }
        }

        private var file: WebFile? {
            get throws(WebError) {
                guard let url else { return nil }
                return try WebFile(url: url, sha256: digest, name: name)
            }
        }

        func run() async throws {
            let environment = Environment.process
            let library = try ModelLibrary(environment: environment)
            let pull = PullRun(library: library, environment: environment, errors: .standardError)
            let document = try await pull.run(models, file: file)
            try Output.standard.write(output.isJSON ? document.encoded() : document.text)
        }
    }

    struct Path: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Print where a model's file is.")

        @Argument(help: "An id that `diptych models list` shows.")
        var model: String

        @OptionGroup var output: OutputArguments

        func run() async throws {
            let model = model
            let path = try await onOwnThread { try ModelLibrary(environment: .process).path(of: model) }
            let document = ModelPathsDocument(models: [.init(id: model, path: path)])
            try Output.standard.write(output.isJSON ? document.encoded() : "\(path)\n")
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Delete models' files, and what interrupted pulls left of them.",
            discussion: "Files of other tools stay: each is removed with the tool whose it is.")

        @Argument(help: "Ids that `diptych models list` shows.")
        var models: [String]

        @OptionGroup var output: OutputArguments

        func run() async throws {
            let library = try ModelLibrary(environment: .process)
            let models = models
            let document = try await onOwnThread { try ModelRemovalDocument(removing: models, from: library) }
            try Output.standard.write(output.isJSON ? document.encoded() : document.text)
        }
    }
}
