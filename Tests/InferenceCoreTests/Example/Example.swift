import InferenceCore

/// Asks a model one question and prints the answer as it comes.
func ask(_ question: String, modelAt path: String) async throws {
    let runtime = Runtime()  // one for the whole program
    let model = try Model(path: path, runtime: runtime)
    let session = try Session(model: model, contextLength: 2048)

    let messages: JSONValue = [["role": "user", "content": .string(question)]]
    let prompt = try model.prompt(for: messages) ?? question  // base models have no chat template
    var options = GenerationOptions(maximumTokens: 200)
    options.sampling.temperature = 0.7

    for try await event in session.generate(model.encode(prompt: prompt), options: options) {
        switch event {
        case .prompt(let tokens, let cached): print("[\(tokens) tokens, \(cached) of them cached]")
        case .prefill(let computed, let total, _): print("[\(computed)/\(total)]")
        case .token(let token): print(token.text, terminator: "")
        case .speculation: break  // only where guesses were asked for
        case .finished: print("\n[\(session.memory().total) bytes]")
        }
    }
}
