import ArgumentParser

/// Which models do a task.
struct ContenderArguments: ParsableArguments {
    @OptionGroup var pair: PairArguments

    @Option(
        name: .customLong("model"),
        help: ArgumentHelp(
            "A model that does the task; repeat for several. Instead of --small and --large.", valueName: "model"))
    var models: [String] = []

    func validate() throws {
        guard models.isEmpty || (pair.small == nil && pair.large == nil) else {
            throw ValidationError("Name the models either with --model or with --small and --large, not both.")
        }
    }

    /// The models, found but not opened. With only one of a pair named, that one does the task alone.
    func entries(by resolver: ModelResolver) throws -> [Lineup.Entry] {
        if !models.isEmpty { return try Lineup(models: models, by: resolver).entries }
        switch (pair.small, pair.large) {
        case (let small?, nil): return [Lineup.Entry(role: .small, model: try resolver.resolve(small))]
        case (nil, let large?): return [Lineup.Entry(role: .large, model: try resolver.resolve(large))]
        default: return try Lineup(pair, by: resolver).entries
        }
    }
}
