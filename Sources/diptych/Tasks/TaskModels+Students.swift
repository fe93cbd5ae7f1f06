import Backends
import Chat
import Evaluation
import Foundation
import ModelLibrary
import Tasks

/// A sentence encoder with what tells it from others.
struct OpenedEncoder: Sendable {
    let model: LocalEncoder
    let fingerprint: String
}

extension TaskModels {
    /// - Parameter argument: what MODEL on the command line means, but for servers.
    func encoder(_ argument: String) async throws -> OpenedEncoder {
        try await onOwnThread {
            guard !argument.hasPrefix(ModelResolver.scheme) else {
                throw CommandFailure(
                    message:
                        "'\(argument)' is on a server: an encoder has to be on this machine, so name one that is here")
            }
            let found = try resolver.library.resolve(argument)
            return OpenedEncoder(
                model: try LocalEncoder(path: found.path, name: found.name, runtime: opener.runtime),
                fingerprint: try resolver.library.weightsFingerprint(of: found))
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
        let bytes = try await onOwnThread { ModelChoice.local(try resolver.library.resolve(name)).size }
        let profile = StudentClassifier.profile(of: student, encoderBytes: bytes, name: found.name, price: price)
        return Entrant(profile, role: role?.rawValue ?? "") {
            let encoder = try await self.encoder(name)
            return try StudentClassifier(
                student, encoder: encoder.model, encoderFingerprint: encoder.fingerprint, profile: profile,
                memory: encoder.model.memoryUse)
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
            throw CommandFailure(message: "\(model.path): expected an encoder's weights (.safetensors), found none")
        }
        var all = Fingerprint()
        for hash in hashes { all.add(hash) }
        return hashes.count == 1 ? hashes[0] : all.text
    }
}
