import Foundation

/// What Ollama writes about a model: its layers, each a blob named by SHA-256. Newer versions may write a list of
/// manifests, one for each program that can run the model.
///
/// Source: Ollama's `manifest/manifest.go`.
struct OllamaManifest: Decodable {
    struct Layer: Decodable {
        var mediaType: String?
        var digest: String?
        var size: Int?

        /// Such as "model", of `application/vnd.ollama.image.model`.
        var kind: String? {
            let prefix = "application/vnd.ollama.image."
            guard let type = mediaType?.prefix(while: { $0 != ";" }), type.hasPrefix(prefix) else { return nil }
            return String(type.dropFirst(prefix.count))
        }
    }

    var digest: String?
    var runner: String?
    var config: Layer?
    var layers: [Layer]?
    var manifests: [OllamaManifest]?

    /// Of a list, the one for programs that read GGUF; otherwise itself.
    var readable: OllamaManifest? {
        guard let manifests else { return self }
        return ["ollama", "llamacpp"].lazy
            .compactMap { runner in manifests.first { $0.runner?.lowercased() == runner } }.first
    }

    subscript(kind: String) -> Layer? { layers?.first { $0.kind == kind } }
}

/// Where Ollama keeps the blobs of a store.
struct OllamaBlobs {
    /// The store's folder.
    let store: String

    /// The 64 digits of a digest, in lower case; nil for one that isn't SHA-256, which could name any file.
    static func hexadecimal(_ digest: String?) -> String? {
        digest?.wholeMatch(of: /sha256[:\-]([0-9a-fA-F]{64})/).map { $0.1.lowercased() }
    }

    /// The file of a digest: `sha256-…`, or `sha256:…` as older versions wrote.
    func path(of digest: String?) -> String? {
        guard let digits = Self.hexadecimal(digest) else { return nil }
        return ["sha256-", "sha256:"].map { "\(store)/blobs/\($0)\(digits)" }.first { FileState(of: $0) != nil }
    }

    /// The contents of a small layer.
    func contents(of layer: OllamaManifest.Layer?) -> Data? {
        path(of: layer?.digest).flatMap { FolderWalk.contents(of: $0) }
    }
}
