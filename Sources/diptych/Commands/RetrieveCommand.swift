import ArgumentParser
import Retrieval

/// `diptych retrieve`: a small model finds and ranks, a large one writes.
struct RetrieveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retrieve",
        abstract: "Index a folder, search it, and have questions answered from it.",
        discussion: """
            A sentence encoder, the small model, and BM25 find passages; their rankings are fused. The large model writes \
            an answer from them that cites files and lines. See docs/retrieval.md.
            """,
        subcommands: [Index.self, Search.self, Answer.self]
    )
}

/// Where an index is, and how it is searched.
struct SearchArguments: ParsableArguments {
    @Argument(help: "An index file, or a folder that was indexed.")
    var index: String

    @Option(help: ArgumentHelp("fused, bm25 (by words alone), or dense (by meaning alone).", valueName: "mode"))
    var mode = SearchMode.fused

    @Option(
        name: [.customLong("encoder"), .customLong("small")],
        help: ArgumentHelp("The encoder; the default is the one that the index was made with.", valueName: "model"))
    var encoder: String?
}

extension SearchMode: ExpressibleByArgument {}
