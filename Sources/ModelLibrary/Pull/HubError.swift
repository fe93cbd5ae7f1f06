/// Why the Hugging Face Hub doesn't give what was asked for, in one line with what to do about it.
public enum HubError: Error, Equatable, CustomStringConvertible {
    /// What names no repository.
    case malformedName(String)
    /// The Hub wants to know who asks.
    case gated(repository: String, page: String, status: Int, hasToken: Bool)
    /// There is none, or none that this user may see: the Hub doesn't say which.
    case noRepository(repository: String, page: String, hasToken: Bool)
    case noRevision(repository: String, revision: String)
    /// `others` are formats that it has instead.
    case noGGUF(repository: String, others: [String])
    /// `found` are the choices with their sizes.
    case noSuchFile(repository: String, asked: String, found: [String])
    /// A split file whose parts aren't all there.
    case missingPart(repository: String, file: String)
    /// What makes no sense in a list of files.
    case malformedList(host: String, detail: String)
    /// A token that others could read on its way.
    case tokenInTheClear(endpoint: String)

    public var description: String {
        switch self {
        case .malformedName(let name):
            "'\(name)' names no repository: write hf:OWNER/NAME, hf:OWNER/NAME:QUANT or hf:OWNER/NAME:FILE.gguf, "
                + "with @REVISION behind NAME for another version than main"
        case .gated(let repository, let page, let status, let hasToken):
            "Hugging Face refuses access to \(repository) (HTTP status \(status)): accept the terms on \(page) and "
                + (hasToken
                    ? "check that the token in HF_TOKEN may read it" : "set HF_TOKEN to a token that may read it")
        case .noRepository(let repository, let page, let hasToken):
            "Hugging Face has no model \(repository), or a private one: check the name on \(page)"
                + (hasToken
                    ? ", and that the token in HF_TOKEN may read it" : ", or set HF_TOKEN to a token that may read it")
        case .noRevision(let repository, let revision):
            "\(repository) has no branch, tag or commit '\(revision)': see the list of files on its page"
        case .noGGUF(let repository, let others):
            "\(repository) has no GGUF file" + (others.isEmpty ? "" : ", only \(others.joined(separator: ", "))")
                + ": look for the model's name with '-GGUF' at its end"
        case .noSuchFile(let repository, let asked, let found):
            "\(repository) has no '\(asked)': choose one of \(found.joined(separator: ", "))"
        case .missingPart(let repository, let file):
            "\(repository) lacks \(file), a part of the model: choose another file, or ask its makers"
        case .malformedList(let host, let detail):
            "the list of files from \(host) makes no sense (\(detail)): check HF_ENDPOINT"
        case .tokenInTheClear(let endpoint):
            "HF_ENDPOINT is \(endpoint), where anybody on the way could read the Hugging Face token: "
                + "use https, or unset HF_TOKEN and HF_TOKEN_PATH"
        }
    }
}
