import ArgumentParser
import Chat

/// The sampler chain's parameters.
struct SamplingArguments: ParsableArguments {
    private static let defaults = SamplingOptions()

    @Option(
        name: [.customLong("temp"), .customLong("temperature")],
        help: ArgumentHelp("Temperature; 0 always takes the likeliest token.", valueName: "t"))
    var temperature = defaults.temperature

    @Option(help: ArgumentHelp("Keep the k likeliest tokens; 0 keeps all.", valueName: "k"))
    var topK = defaults.topK

    @Option(
        help: ArgumentHelp("Keep the likeliest tokens whose probabilities sum to p; 1 keeps all.", valueName: "p"))
    var topP = defaults.topP

    @Option(
        help: ArgumentHelp("Drop tokens less likely than p times the likeliest; 0 drops none.", valueName: "p"))
    var minP = defaults.minP

    @Option(help: ArgumentHelp("Divide the logits of tokens seen before; 1 is off.", valueName: "x"))
    var repeatPenalty = defaults.repetitionPenalty

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Subtract from the logits of tokens generated before.", valueName: "x"))
    var presencePenalty = defaults.presencePenalty

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Subtract once for every time a token was generated.", valueName: "x"))
    var frequencyPenalty = defaults.frequencyPenalty

    @Option(help: ArgumentHelp("The same seed gives the same text.", valueName: "n"))
    var seed = defaults.seed

    func validate() throws {
        try require(temperature, "--temp", "0 or more") { $0 >= 0 && $0.isFinite }
        try require(topK, "--top-k", "0 or more") { $0 >= 0 }
        try require(topP, "--top-p", "above 0 and at most 1") { $0 > 0 && $0 <= 1 }
        try require(minP, "--min-p", "from 0 to 1") { $0 >= 0 && $0 <= 1 }
        try require(repeatPenalty, "--repeat-penalty", "above 0") { $0 > 0 && $0.isFinite }
        try require(presencePenalty, "--presence-penalty", "a number") { $0.isFinite }
        try require(frequencyPenalty, "--frequency-penalty", "a number") { $0.isFinite }
    }

    var options: SamplingOptions {
        SamplingOptions(
            temperature: temperature, topK: topK, topP: topP, minP: minP, repetitionPenalty: repeatPenalty,
            presencePenalty: presencePenalty, frequencyPenalty: frequencyPenalty, seed: seed)
    }

    private func require<Value>(
        _ value: Value, _ option: String, _ expected: String, _ isValid: (Value) -> Bool
    ) throws {
        guard isValid(value) else { throw ValidationError("\(option) must be \(expected), not \(value).") }
    }
}
