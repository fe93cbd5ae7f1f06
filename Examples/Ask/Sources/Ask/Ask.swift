import InferenceCore

/// Asks the model in a GGUF file one question: `Ask FILE QUESTION`.
@main
struct Ask {
    static func main() async throws {
        guard CommandLine.arguments.count == 3 else { return print("usage: Ask FILE.gguf QUESTION") }
        let (path, question) = (CommandLine.arguments[1], CommandLine.arguments[2])
        let model = try Model(path: path, runtime: Runtime())
        let session = try Session(model: model, contextLength: 2048)
        let messages: JSONValue = [["role": "user", "content": .string(question)]]
        let prompt = try model.prompt(for: messages) ?? question
        for try await event in session.generate(
            model.encode(prompt: prompt), options: GenerationOptions(maximumTokens: 100))
        {
            if case .token(let token) = event { print(token.text, terminator: "") }
        }
        print()
    }
}
