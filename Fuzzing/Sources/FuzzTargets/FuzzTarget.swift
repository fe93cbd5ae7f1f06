/// A loader under attack. Given any bytes it has to return: no crash, no hang, no memory beyond its bounds.
///
/// To add one, add a file beside this one, a line to ``all`` and a folder of seeds in `Corpus`.
public struct FuzzTarget: Sendable {
    public let name: String
    /// Pieces that mean something to the loader; mutation puts them anywhere.
    public let words: [[UInt8]]
    /// Loads the bytes and uses whatever came of them. Returns whether they were accepted.
    public let run: @Sendable ([UInt8]) -> Bool

    init(_ name: String, words: [String], _ run: @escaping @Sendable ([UInt8]) -> Bool) {
        self.name = name
        self.words = words.map { Array($0.utf8) }
        self.run = run
    }

    public static let all: [FuzzTarget] = [.gguf, .safetensors, .vocabulary, .tokenizer, .json, .template, .constraint]

    public static func named(_ name: String) -> FuzzTarget? {
        all.first { $0.name == name }
    }
}

/// What must hold whatever the input; a violation ends the process, as the fuzzer expects.
func require(_ condition: Bool, _ message: @autoclosure () -> String) {
    if !condition { fatalError(message()) }
}
