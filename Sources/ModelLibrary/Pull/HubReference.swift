/// A model in a repository of the Hugging Face Hub, as people write it: `hf:owner/name`, `hf:owner/name:Q4_K_M`,
/// `hf:owner/name:folder/file.gguf`, `hf:owner/name@revision:Q4_K_M`.
public struct HubReference: Sendable, Equatable, CustomStringConvertible {
    public static let prefix = "hf:"

    /// "owner/name".
    public var repository: String
    /// Branch, tag or commit.
    public var revision: String
    /// A format such as `Q4_K_M`, or a file; nil for the one that is taken where nobody chooses.
    public var selection: String?

    private static let mainRevision = "main"

    /// - Throws: ``HubError/malformedName(_:)``.
    public init(_ text: String) throws(HubError) {
        guard text.hasPrefix(Self.prefix) else { throw .malformedName(text) }
        let halves = text.dropFirst(Self.prefix.count).split(
            separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        // The revision may stand behind the repository or at the end.
        let pieces = halves.map { $0.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false) }
        let revisions = pieces.filter { $0.count == 2 }.map { $0[1] }
        let path = pieces[0][0].split(separator: "/", omittingEmptySubsequences: false)
        guard path.count >= 2, path.prefix(2).allSatisfy({ $0.wholeMatch(of: /[A-Za-z0-9_][A-Za-z0-9._\-]*/) != nil }),
            revisions.count <= 1,
            revisions.allSatisfy({ $0.wholeMatch(of: /[A-Za-z0-9_][A-Za-z0-9._\/\-]*/) != nil && !$0.contains("..") })
        else { throw .malformedName(text) }
        var selection = pieces.count == 2 ? String(pieces[1][0]) : nil
        if path.count > 2 {
            // The path of a file, as it stands in the address bar of a browser.
            guard selection == nil else { throw .malformedName(text) }
            selection = path.dropFirst(2).joined(separator: "/")
        }
        if let selection, !PulledFile.isSafe(selection) { throw .malformedName(text) }
        repository = path.prefix(2).joined(separator: "/")
        revision = revisions.first.map(String.init) ?? Self.mainRevision
        // Other tools write this tag where nothing is chosen.
        self.selection = selection?.lowercased() == "latest" ? nil : selection
    }

    public var description: String {
        let pin = revision == Self.mainRevision ? "" : "@\(revision)"
        return Self.prefix + repository + pin + (selection.map { ":\($0)" } ?? "")
    }

    /// Where its files land, below the models' folder.
    var folder: String {
        let pin = revision == Self.mainRevision ? "" : "@\(revision.replacing("/", with: "_"))"
        return "hf/\(repository)\(pin)"
    }

    /// The file that an address of the Hub means: `ENDPOINT/owner/name/resolve/revision/file.gguf`.
    ///
    /// - Parameter endpoint: without a slash at its end.
    init?(address: WebAddress, endpoint: String) {
        guard let path = address.shownURL.removingPercentEncoding, path.hasPrefix(endpoint + "/") else { return nil }
        let names = path.dropFirst(endpoint.count + 1).split(separator: "/", maxSplits: 4)
        guard names.count == 5, names[2] == "resolve" || names[2] == "blob" else { return nil }
        let text = "\(Self.prefix)\(names[0])/\(names[1])@\(names[3]):\(names[4])"
        guard let reference = try? HubReference(text) else { return nil }
        self = reference
    }
}
