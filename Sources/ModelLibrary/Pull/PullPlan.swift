import Configuration
import Foundation
import InferenceCore
import Transport

/// Finds out what a pull has to fetch. Asks a server only if something is missing. Blocks.
struct PullPlan {
    /// The models' folder.
    let directory: String
    let environment: Environment
    let client: HTTPClient
    let cancellation: Cancellation

    // MARK: - The Hub

    /// - Throws: ``HubError``, `TransportError`, `CancellationError`.
    func target(of reference: HubReference) throws -> PullTarget {
        if let origin = pulled(reference) {
            return PullTarget(
                name: name(of: reference, label: origin.hub?.quantization ?? ""),
                files: origin.files.map { file in
                    let path = String(file.path.dropFirst(reference.folder.count + 1))
                    return hubFile(.init(path: path, bytes: file.bytes, sha256: file.sha256), reference)
                },
                origin: origin, isHere: true)
        }
        let hub = HuggingFaceHub(environment: environment)
        let choice = try HubChoice(
            reference, among: hub.files(of: reference, client: client, cancellation: cancellation))
        let files = choice.files.map { hubFile($0, reference) }
        let origin = ModelOrigin(
            hub: .init(
                repository: reference.repository, revision: reference.revision, quantization: choice.label,
                isDefault: choice.isDefault), fileCount: files.count)
        var notice: String?
        if !choice.alternatives.isEmpty {
            notice =
                "taking \(choice.files[0].path); name another file to get that: "
                + choice.alternatives.prefix(10).joined(separator: ", ")
        }
        return PullTarget(
            name: name(of: reference, label: choice.label), files: files, origin: origin, notice: notice)
    }

    private func name(of reference: HubReference, label: String) -> String {
        var reference = reference
        reference.selection = label
        return "\(reference)"
    }

    private func hubFile(_ file: HubFile, _ reference: HubReference) -> PulledFile {
        let source = HuggingFaceFile(
            repository: reference.repository, file: file.path, revision: reference.revision)
        return PulledFile(
            path: "\(reference.folder)/\(file.path)", bytes: file.bytes, sha256: file.sha256,
            sources: [.huggingFace(source)])
    }

    /// What is here, whole, of what a reference means.
    private func pulled(_ reference: HubReference) -> ModelOrigin? {
        let folder = "\(directory)/\(reference.folder)"
        let names = (FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []).sorted()
        return names.lazy.filter { $0.hasSuffix(ModelOrigin.suffix) }
            .compactMap { ModelOrigin.read(from: "\(folder)/\($0)") }
            .first { fits($0, reference) && isWhole($0) }
    }

    private func fits(_ origin: ModelOrigin, _ reference: HubReference) -> Bool {
        guard let hub = origin.hub, hub.repository == reference.repository, hub.revision == reference.revision,
            origin.files.allSatisfy({ $0.path.hasPrefix(reference.folder + "/") })
        else { return false }
        guard let asked = reference.selection?.lowercased() else { return hub.isDefault }
        return [asked, "ud-" + asked].contains(hub.quantization.lowercased())
            || origin.files.contains { "/\($0.path)".lowercased().hasSuffix("/" + asked) }
    }

    private func isWhole(_ origin: ModelOrigin) -> Bool {
        origin.isComplete && origin.files.allSatisfy { ModelFiles.size(of: "\(directory)/\($0.path)") == $0.bytes }
    }

    // MARK: - Any server

    /// Of a file the first bytes are enough to know what it is.
    private static let headBytes = 4096

    /// - Throws: ``WebError``, `TransportError`, `CancellationError`.
    func target(of file: WebFile) throws -> PullTarget {
        if let origin = try pulled(file) {
            let files = zip(origin.files, file.addresses).map { known, address in
                PulledFile(path: known.path, bytes: known.bytes, sha256: known.sha256, sources: [.web(address)])
            }
            return PullTarget(name: file.name, files: files, origin: origin, isHere: true)
        }
        let files = try zip(file.addresses, file.paths).map { address, path in
            PulledFile(path: path, bytes: try size(of: address), sha256: file.sha256, sources: [.web(address)])
        }
        return PullTarget(name: file.name, files: files, origin: try file.origin())
    }

    /// What is here, whole, of what is asked for.
    ///
    /// - Throws: ``WebError`` if something else has its name.
    private func pulled(_ file: WebFile) throws -> ModelOrigin? {
        let path = "\(directory)/\(file.paths[0])"
        guard let origin = ModelOrigin.read(from: path + ModelOrigin.suffix) else {
            guard ModelFiles.size(of: path) == nil else { throw WebError.nameTaken(path: path, source: nil) }
            return nil
        }
        let isWhole = isWhole(origin) && origin.files.map(\.path) == file.paths
        guard try file.isExactly(origin) else {
            // An address whose query alone has changed may well be the same file's, signed anew.
            let mayGoOn = origin.web?.url == file.addresses[0].shownURL && !isWhole
            let isGone = ModelFiles.size(of: path) == nil && ModelFiles.size(of: path + ".part") == nil
            guard mayGoOn || isGone else { throw WebError.nameTaken(path: path, source: origin.web?.url) }
            return nil
        }
        let isWanted = file.sha256 == nil || origin.files.map(\.sha256) == [file.sha256]
        return isWhole && isWanted ? origin : nil
    }

    private func probe(_ address: WebAddress) throws -> FileProbe {
        do {
            return try FileProbe(
                address.request, headBytes: Self.headBytes, client: client, cancellation: cancellation)
        } catch let error as TransportError where error.cause == .status(401) || error.cause == .status(403) {
            let endpoint = HuggingFaceHub(environment: environment).endpoint
            guard let reference = HubReference(address: address, endpoint: endpoint) else { throw error }
            throw WebError.gated(url: address.shownURL, name: "\(reference)")
        }
    }

    /// Asks for the first bytes, and makes sure that they are a GGUF file's.
    private func size(of address: WebAddress) throws -> Int {
        let probe = try probe(address)
        guard probe.bytes != 0 else {
            throw WebError.notGGUF(url: address.shownURL, looks: "an empty file", remedy: "check the address")
        }
        let error = GGUFFile.inspect(MappedFile(copying: probe.head, path: address.shownURL)).error
        if let error, error.kind == .notGGUF {
            let isPage = address.shownURL.contains("/blob/")
            throw WebError.notGGUF(
                url: address.shownURL, looks: error.found,
                remedy: isPage ? "write /resolve/ in the place of /blob/" : error.remedy)
        }
        guard let bytes = probe.bytes else { throw WebError.unknownSize(host: address.host) }
        return bytes
    }
}
