import Backends
import Chat
import Evaluation
import Foundation
import InferenceCore
import ModelLibrary
import Tasks

/// What makes vectors of texts, with what tells it from others.
struct OpenedEncoder: Sendable {
    let model: any TextEmbedding
    let identity: Student.Encoder
    let memoryUse: @Sendable () -> Int?
}

extension TaskModels {
    /// Opens a sentence encoder, or the first layers of a decoder.
    /// - Parameters:
    ///   - argument: what MODEL on the command line means, but for servers.
    ///   - depth: how many layers of a decoder; nil for what suits it.
    func encoder(_ argument: String, depth: Int? = nil) async throws -> OpenedEncoder {
        try await onOwnThread {
            guard !argument.hasPrefix(ModelResolver.scheme) else {
                throw CommandFailure(
                    message:
                        "'\(argument)' is on a server: an encoder has to be on this machine, so name one that is here")
            }
            let found = try resolver.library.resolve(argument)
            let fingerprint = try resolver.library.weightsFingerprint(of: found)
            func identity(_ depth: Int?, _ dimensions: Int) -> Student.Encoder {
                Student.Encoder(name: found.name, fingerprint: fingerprint, depth: depth, dimensions: dimensions)
            }
            if depth == nil {
                do {
                    let encoder = try LocalEncoder(path: found.path, name: found.name, runtime: opener.runtime)
                    return OpenedEncoder(
                        model: encoder, identity: identity(nil, encoder.dimensions), memoryUse: encoder.memoryUse)
                } catch ModelError.notAnEncoder {}
            }
            let encoder = try LocalStateEncoder(
                path: found.path, name: found.name, depth: depth, runtime: opener.runtime)
            return OpenedEncoder(
                model: encoder, identity: identity(encoder.depth, encoder.dimensions), memoryUse: encoder.memoryUse)
        }
    }

    /// A student that classifies. Its file is read at once, its encoder opened when there is something to do.
    /// - Parameters:
    ///   - labels: the task's, in whose order it tells probabilities.
    ///   - encoder: what it reads with; nil for what its file names.
    func student(
        _ found: ResolvedModel, role: PaneRole?, labels: [String], encoder: String?
    ) async throws -> Entrant {
        let student = try await onOwnThread { try StudentFile.read(found.path).ordered(by: labels) }
        let price = resolver.configuration.localPrice.map(Price.init)
        let name = encoder ?? student.encoder.name
        let bytes = try await onOwnThread {
            do {
                return ModelChoice.local(try resolver.library.resolve(name)).size
            } catch  where encoder == nil {
                throw CommandFailure(
                    message: "\(found.name): expected its encoder, \(name), among the models here, found none of that "
                        + "name; say with --encoder where it is")
            }
        }
        let profile = StudentClassifier.profile(of: student, encoderBytes: bytes, name: found.name, price: price)
        return Entrant(profile, role: role?.rawValue ?? "") {
            let encoder = try await self.encoder(name, depth: student.encoder.depth)
            return try StudentClassifier(
                student, encoder: encoder.model, identity: encoder.identity, profile: profile,
                memory: encoder.memoryUse)
        }
    }
}

extension Lineup.Entry {
    /// What a student learned; nil for a model, and for a file that can't be read, which is told when it is opened.
    var studentLabels: [String]? {
        guard case .local(let found) = model, StudentFile.isNamed(found.path) else { return nil }
        return try? StudentFile.read(found.path).labels
    }
}

extension ModelLibrary {
    /// The SHA-256 of a model's file; of a folder's files of weights, all together. Blocks: a file that nobody hashed yet
    /// is read once.
    func weightsFingerprint(of model: ResolvedModel) throws -> String {
        if let hash = try fingerprint(of: model)?.sha256 { return hash }
        let names = try FileManager.default.contentsOfDirectory(atPath: model.path)
            .filter { $0.hasSuffix(".safetensors") }.sorted()
        let hashes = try names.compactMap { name in
            try fingerprint(of: ResolvedModel(path: "\(model.path)/\(name)", name: name))?.sha256
        }
        guard !hashes.isEmpty else {
            throw CommandFailure(message: "\(model.path): expected a model's weights (.safetensors), found none")
        }
        var all = Fingerprint()
        for hash in hashes { all.add(hash) }
        return hashes.count == 1 ? hashes[0] : all.text
    }
}
