import Foundation
import InferenceCore
import Transport

/// A GGUF file on any server that is to be pulled, with its other parts if its name is a part's.
public struct WebFile: Sendable, Equatable {
    /// Below the models' folder.
    static let folder = "web"

    /// One, or all parts in their order.
    let addresses: [WebAddress]
    /// Below the models' folder, as many as addresses.
    let paths: [String]
    /// What the file must have; nil where nobody says.
    let sha256: String?

    /// - Parameters:
    ///   - sha256: hexadecimal.
    ///   - name: the file's name here; nil for the one that the address ends with.
    /// - Throws: ``WebError``.
    public init(url: String, sha256: String? = nil, name: String? = nil) throws(WebError) {
        let address = try WebAddress(url)
        if let sha256, sha256.wholeMatch(of: /[0-9a-fA-F]{64}/) == nil { throw .malformedDigest(sha256) }
        self.sha256 = sha256?.lowercased()
        let given = name ?? address.fileName
        guard PulledFile.isSafe(given), !given.contains("/"), given.lowercased() != ".gguf" else {
            throw .malformedName(given.isEmpty || given == "/" ? nil : given)
        }
        let file = given.lowercased().hasSuffix(".gguf") ? given : given + ".gguf"
        guard let part = GGUFPartName(address.fileName), part.count > 1 else {
            addresses = [address]
            paths = ["\(Self.folder)/\(file)"]
            return
        }
        if sha256 != nil { throw .digestOfParts(count: part.count) }
        let prefix = name == nil ? part.prefix : String(file.dropLast(".gguf".count))
        var addresses: [WebAddress] = []
        for number in 1...part.count { addresses.append(try address.sibling(part.path(ofPart: number))) }
        self.addresses = addresses
        paths = (1...part.count).map {
            "\(Self.folder)/\(prefix)\(part.path(ofPart: $0).dropFirst(part.prefix.count))"
        }
    }

    /// What the file is called here.
    var name: String { String(paths[0].dropFirst(Self.folder.count + 1)) }

    func origin() throws -> ModelOrigin {
        ModelOrigin(
            web: .init(url: addresses[0].shownURL, urlDigest: try urlDigest()), fileCount: addresses.count)
    }

    /// Whether an origin is of this address, and of nothing else.
    func isExactly(_ origin: ModelOrigin) throws -> Bool {
        try origin.web?.urlDigest == urlDigest() || (sha256 != nil && origin.files.map(\.sha256) == [sha256])
    }

    private func urlDigest() throws -> String {
        var hash = try SHA256()
        var url = addresses[0].url
        try url.withUTF8 { try hash.update(UnsafeRawBufferPointer($0)) }
        return try hash.finish()
    }
}
