import Configuration
import Foundation
import Transport

/// Where files of the Hugging Face Hub are, and who asks for them.
struct HuggingFaceHub {
    let environment: Environment

    /// `HF_ENDPOINT`, or the Hub itself; without a slash at its end.
    var endpoint: String {
        var endpoint = environment["HF_ENDPOINT"] ?? "https://huggingface.co"
        while endpoint.hasSuffix("/") { endpoint.removeLast() }
        return endpoint
    }

    /// What people look at to accept terms.
    func page(of repository: String) -> String { "\(endpoint)/\(repository)" }

    /// - Throws: ``HubError`` or `CredentialError` if the token can't be sent.
    func request(for file: HuggingFaceFile) throws -> HTTPRequest {
        let path = [
            file.repository, "resolve", Self.encoded(file.revision, keepsSlashes: false), Self.encoded(file.file),
        ]
        return try request(url: "\(endpoint)/\(path.joined(separator: "/"))")
    }

    /// A request to the endpoint, with the token.
    ///
    /// - Throws: ``HubError`` or `CredentialError` if the token can't be sent.
    func request(url: String) throws -> HTTPRequest {
        var request = HTTPRequest(url: url)
        guard let credential = try credential() else { return request }
        guard WebAddress.isPrivate(url) else { throw HubError.tokenInTheClear(endpoint: endpoint) }
        if let header = credential.authorization(for: url) { request.headers.append(header) }
        return request
    }

    /// For a URL's path.
    static func encoded(_ path: String, keepsSlashes: Bool = true) -> String {
        var allowed = CharacterSet(charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
        if keepsSlashes { allowed.insert("/") }
        return path.addingPercentEncoding(withAllowedCharacters: allowed) ?? path
    }

    /// `HF_TOKEN`, or what the Hub's own tools saved: for the endpoint alone.
    ///
    /// - Throws: `CredentialError` for what can't stand in a header.
    func credential() throws -> Credential? {
        let (text, source): (String, String)
        if let value = environment["HF_TOKEN"] {
            (text, source) = (value, "HF_TOKEN")
        } else if let path = tokenFile, let data = FileManager.default.contents(atPath: path) {
            (text, source) = (String(decoding: data, as: UTF8.self), path)
        } else {
            return nil
        }
        let token = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !token.isEmpty, let origin = Origin(endpoint) else { return nil }
        return try Credential(key: token, origin: origin, source: source)
    }

    private var tokenFile: String? {
        if let path = environment["HF_TOKEN_PATH"] { return path }
        if let home = environment["HF_HOME"] { return home + "/token" }
        if let cache = environment["XDG_CACHE_HOME"] { return cache + "/huggingface/token" }
        return environment["HOME"].map { $0 + "/.cache/huggingface/token" }
    }
}
