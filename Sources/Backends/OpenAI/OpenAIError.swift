import Foundation
import Transport

/// Why a model on a server didn't answer, in one line with what to do about it.
public enum OpenAIError: Error, Equatable, CustomStringConvertible {
    case badURL(text: String, problem: String)
    /// Prompts, and maybe a key, would travel unencrypted.
    case plainHTTP(Origin)
    case transport(TransportError)
    /// The server turned the request away. `message` is its own words; `key` is what to do about the key, where it is
    /// about that.
    case refused(host: String, status: Int, message: String, key: KeyAdvice, retryAfter: String?)
    case redirected(host: String, to: String?)
    case unknownModel(name: String, host: String, closest: String?, known: [String])
    case needsModel(host: String, known: [String])
    /// What came isn't what the protocol says.
    case malformed(host: String, expected: String, found: String)
    /// The stream ended before the answer did.
    case brokenOff(host: String)
    /// The server reported an error in the middle of the stream.
    case failedMidway(host: String, message: String)
    case unsupported(host: String, what: String)

    public var description: String {
        switch self {
        case .badURL(let text, let problem):
            "'\(text)' is no server's address: \(problem); an address looks like https://models.example/v1"
        case .plainHTTP(let origin):
            "\(origin) is another machine, and http:// sends everything readable for all in between: use https://, or "
                + "allow it with --allow-plain-http or 'plain_http: true' in config.yaml"
        case .transport(let error): Self.text(error)
        case .refused(let host, let status, let message, let key, let retryAfter):
            Self.text(host: host, status: status, message: message, key: key, retryAfter: retryAfter)
        case .redirected(let host, let target):
            "\(host) points elsewhere\(target.map { ", to \($0)" } ?? ""), and nothing is sent there unasked: if that is "
                + "right, write that address instead"
        case .unknownModel(let name, let host, let closest, let known):
            "\(host) has no model '\(name)'\(closest.map { ", did you mean \($0)?" } ?? ";") it has \(Self.list(known))"
        case .needsModel(let host, let known):
            "\(host) has \(known.isEmpty ? "no list of its models" : Self.list(known)): name one, as in "
                + "openai:\(known.first ?? "NAME")@URL"
        case .malformed(let host, let expected, let found):
            "\(host) sent what the OpenAI protocol doesn't have: expected \(expected), found \(found); check the address"
        case .brokenOff(let host):
            "\(host) ended the stream before the answer was whole: what came is kept; ask again"
        case .failedMidway(let host, let message):
            "\(host) failed in the middle of the answer: \(message); what came is kept"
        case .unsupported(let host, let what): "\(host) \(what)"
        }
    }

    /// The same without a key: servers have been seen to repeat keys in what they say.
    func redacting(_ credential: Credential?) -> OpenAIError {
        guard let credential else { return self }
        return switch self {
        case .refused(let host, let status, let message, let key, let retryAfter):
            .refused(
                host: host, status: status, message: credential.redacting(message), key: key,
                retryAfter: retryAfter)
        case .redirected(let host, let target): .redirected(host: host, to: target.map(credential.redacting))
        case .unknownModel(let name, let host, let closest, let known):
            .unknownModel(
                name: name, host: host, closest: closest.map(credential.redacting),
                known: known.map(credential.redacting))
        case .needsModel(let host, let known): .needsModel(host: host, known: known.map(credential.redacting))
        case .malformed(let host, let expected, let found):
            .malformed(host: host, expected: expected, found: credential.redacting(found))
        case .failedMidway(let host, let message):
            .failedMidway(host: host, message: credential.redacting(message))
        case .transport(let error):
            .transport(TransportError(error.cause, host: error.host, detail: credential.redacting(error.detail)))
        case .badURL, .plainHTTP, .brokenOff, .unsupported: self
        }
    }

    /// What to do where a server refuses access.
    public enum KeyAdvice: Sendable, Equatable, CustomStringConvertible {
        /// A key was sent, from this source.
        case check(source: String)
        /// None was sent; why, if that isn't plain.
        case name(reason: String?)

        public var description: String {
            switch self {
            case .check(let source): "check the key from \(source)"
            case .name(let reason):
                (reason.map { "\($0); " } ?? "") + "name a key for it in config.yaml, under 'servers'"
            }
        }
    }

    private static func list(_ models: [String]) -> String {
        let shown = models.prefix(8).joined(separator: ", ")
        return models.count > 8 ? "\(shown) and \(models.count - 8) more" : shown
    }

    private static func text(_ error: TransportError) -> String {
        let detail = error.detail.isEmpty ? "" : " (\(error.detail))"
        return switch error.cause {
        case .noConnection: "\(error.host) does not answer\(detail): is the server running, and is this its address?"
        case .timedOut where error.detail.contains("SSL"):
            "\(error.host) doesn't agree on TLS\(detail): if it speaks plain HTTP, write http:// instead of https://"
        case .timedOut: "\(error.host) took too long\(detail): ask again, or raise 'timeouts' in config.yaml"
        case .brokenOff: "the connection to \(error.host) broke off\(detail): what came is kept; ask again"
        default: error.description
        }
    }

    private static func text(
        host: String, status: Int, message: String, key: KeyAdvice, retryAfter: String?
    ) -> String {
        let words = message.reversed().drop { ".;:,! ".contains($0) }.reversed()
        let said = words.isEmpty ? "" : ": \(String(words))"
        switch status {
        case 401, 403:
            return "\(host) refuses access (HTTP status \(status))\(said); \(key)"
        case 404:
            return "\(host) doesn't know this call or this model (HTTP status 404)\(said); check address and name"
        case 413: return "\(host) finds the request too large (HTTP status 413)\(said); shorten the conversation"
        case 429:
            let when = retryAfter.map { " in \($0)\($0.allSatisfy(\.isNumber) ? " s" : "")" } ?? " later"
            return "\(host) asks to slow down (HTTP status 429)\(said); try again\(when)"
        case 500...: return "\(host) is in trouble (HTTP status \(status))\(said); try again later"
        default: return "\(host) turned the request away (HTTP status \(status))\(said)"
        }
    }
}
