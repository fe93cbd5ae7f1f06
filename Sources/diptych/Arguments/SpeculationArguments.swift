import ArgumentParser
import Chat

/// Whether tokens are guessed and checked several at once.
struct SpeculationArguments: ParsableArguments {
    @Option(
        name: .customLong("speculate"),
        help: ArgumentHelp(
            "Check guesses, several tokens in one pass: off, lookup (from the prompt and the answer so far), or draft "
                + "(a smaller model's too). The text stays the same.", valueName: "how"))
    var mode: SpeculationMode = .off
}

extension SpeculationMode: ExpressibleByArgument {}
