import ArgumentParser

/// Which models are compared.
struct PairArguments: ParsableArguments {
    @Option(help: ArgumentHelp("The small model; the default is the catalog's.", valueName: "model"))
    var small: String?

    @Option(help: ArgumentHelp("The large model; the default is the catalog's.", valueName: "model"))
    var large: String?
}
