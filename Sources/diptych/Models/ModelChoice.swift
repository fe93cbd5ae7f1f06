import Backends
import Foundation
import InferenceCore
import ModelLibrary

/// A model that a command answers with, found but not yet opened.
enum ModelChoice: Sendable {
    /// In this process.
    case local(ResolvedModel)
    /// On a server.
    case remote(OpenAIEndpoint)

    /// What screens and reports call it.
    var name: String {
        switch self {
        case .local(let model): model.name
        case .remote(let endpoint): endpoint.name ?? endpoint.model ?? endpoint.url.origin.hostAndPort
        }
    }

    /// Whether it runs in this process.
    var isHere: Bool {
        if case .local = self { true } else { false }
    }

    /// What a command was told that a model on a server can't follow, one line; nil where there is nothing.
    func unusedOptions(
        _ engine: EngineArguments, _ templates: TemplateArguments, _ speculation: SpeculationArguments
    ) -> String? {
        guard case .remote = self else { return nil }
        let options = [
            engine.contextLength == nil ? nil : "--context", engine.cacheFormat == .f16 ? nil : "--cache",
            templates.template == nil ? nil : "--template", speculation.mode == .off ? nil : "--speculate",
        ].compactMap { $0 }
        guard !options.isEmpty else { return nil }
        return "\(name) is on a server, which decides that itself: \(options.joined(separator: ", ")) "
            + (options.count == 1 ? "has" : "have") + " no effect there"
    }

    /// How large the model is beside others, in bytes of its file. What is on a server is taken for larger than what is
    /// here: that is why it is there.
    var size: Int {
        switch self {
        case .local(let model): model.bytes
        case .remote: .max
        }
    }
}

extension ResolvedModel {
    /// Of the file, of all parts of a split one, or of all files of a folder; 0 for what isn't there.
    fileprivate var bytes: Int {
        let files = FileManager.default
        if let part = GGUFPartName(path) {
            return (1...part.count).reduce(0) { $0 + Self.bytes(ofFile: part.path(ofPart: $1)) }
        }
        guard let names = try? files.contentsOfDirectory(atPath: path) else { return Self.bytes(ofFile: path) }
        return names.reduce(0) { $0 + Self.bytes(ofFile: "\(path)/\($1)") }
    }

    /// Of what a link points to; 0 for what is no plain file.
    private static func bytes(ofFile path: String) -> Int {
        let real = URL(filePath: path).resolvingSymlinksInPath().path
        let attributes = try? FileManager.default.attributesOfItem(atPath: real)
        guard attributes?[.type] as? FileAttributeType == .typeRegular else { return 0 }
        return (attributes?[.size] as? NSNumber)?.intValue ?? 0
    }
}
