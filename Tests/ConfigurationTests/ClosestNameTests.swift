import Configuration
import Testing

@Suite struct ClosestNameTests {
    @Test(arguments: [
        ("smolm2-135m-instruct", "smollm2-135m-instruct"), ("smollm2", "smollm2-135m-instruct"),
        ("GEMMA", "gemma3-270m"), ("gemma3-270", "gemma3-270m"),
        ("qwen2.5-coder-15b-instruct", "qwen2.5-coder-1.5b-instruct"),
        ("llama", nil), ("", nil), ("x", nil), (String(repeating: "a", count: 100_000), nil),
    ])
    func nearest(name: String, expected: String?) {
        let known = [
            "smollm2-135m-instruct", "gemma3-270m", "qwen2.5-coder-0.5b-instruct", "qwen2.5-coder-1.5b-instruct",
        ]
        #expect(ClosestName.of(name, among: known) == expected)
    }
}
