import Foundation

/// The real models of the catalog, for tests that need one.
public enum RealModel {
    /// Under continuous integration a missing model is a failure.
    public struct Missing: Error, CustomStringConvertible {
        public let id: String
        public let path: String

        public var description: String {
            "\(path): the model \(id) is missing; `make test` fetches it"
        }
    }

    /// The file of each model by its catalog id.
    public static let files = [
        "smollm2-135m-instruct": "SmolLM2-135M-Instruct.Q4_1.gguf",
        "gemma3-270m": "gemma-3-270m-q4_k_m.gguf",
        "qwen2.5-coder-0.5b-instruct": "qwen2.5-coder-0.5b-instruct-q4_k_m.gguf",
        "qwen2.5-coder-1.5b-instruct": "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
    ]

    /// The weights of those that are Hugging Face folders.
    public static let folders = ["all-minilm-l6-v2": "all-minilm-l6-v2/model.safetensors"]

    /// Where the model's file is, or nil with a line that says why the test is skipped.
    ///
    /// - Throws: ``Missing`` for an id that isn't in the catalog, and for a file that isn't there if `CI` is `true`.
    public static func path(
        _ id: String, environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> String? {
        guard let file = files[id] ?? folders[id] else { throw Missing(id: id, path: "catalog") }
        let data =
            environment["XDG_DATA_HOME"].flatMap { $0.isEmpty ? nil : $0 }
            ?? "\(environment["HOME"] ?? "")/.local/share"
        let path = "\(data)/diptych/models/\(file)"
        if FileManager.default.isReadableFile(atPath: path) { return path }
        let missing = Missing(id: id, path: path)
        guard environment["CI"] != "true" else { throw missing }
        print("skipped: \(missing)")
        return nil
    }
}
