import InferenceCore

/// Why a file can't be pulled from an address, in one line with what to do about it.
public enum WebError: Error, Equatable, CustomStringConvertible {
    case malformed(url: String)
    /// A password that would be written down with the address.
    case withPassword(host: String)
    /// Anybody on the way could change the file.
    case inTheClear(host: String)
    /// A name that no file can have; nil where the address has none.
    case malformedName(String?)
    case malformedDigest(String)
    /// One hash can't stand for several files.
    case digestOfParts(count: Int)
    /// An address of the Hub, which gives this file only to people it knows; `name` is what sends a token along.
    case gated(url: String, name: String)
    /// The server doesn't say how large the file is.
    case unknownSize(host: String)
    /// What the server has is something else; `looks` as in "a web page".
    case notGGUF(url: String, looks: String, remedy: String)
    /// Another file has the name; `source` is where that came from, if it is known.
    case nameTaken(path: String, source: String?)

    public var description: String {
        switch self {
        case .malformed(let url):
            "'\(url)' is no address of a file: give one that begins with https://"
        case .withPassword(let host):
            "the address on \(host) has a name or password in it, which would be written down: leave them out"
        case .inTheClear(let host):
            "http to \(host) could be changed by anybody on the way: give an address that begins with https://"
        case .malformedName(let name):
            "\(name.map { "'\($0)' can't be the name of a file here" } ?? "the address ends without a file's name"): "
                + "give one with --name, such as --name my-model.gguf"
        case .malformedDigest(let digest):
            "'\(digest)' is no SHA-256: give its 64 hexadecimal digits"
        case .digestOfParts(let count):
            "the file is the first of \(count), and one SHA-256 can't stand for all of them: leave --sha256 out"
        case .gated(let url, let name):
            "\(url) is not for everybody, and no token is sent with --from: give its name instead, \(name)"
        case .unknownSize(let host):
            "\(host) does not say how large the file is: fetch it with another program and open it by its path"
        case .notGGUF(let url, let looks, let remedy):
            "\(url): expected a GGUF file, found \(looks); \(remedy)"
        case .nameTaken(let path, let source):
            "\(path) is here already\(source.map { ", from \($0)" } ?? ""): "
                + "give another name with --name, or remove that file"
        }
    }
}
