/// A key together with the only server that may see it. Nothing prints it: as text it is what it is for.
public struct Credential: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    /// The server that the key is for.
    public let origin: Origin
    /// Where the key came from: a variable, a file, a command.
    public let source: String
    private let key: String

    /// - Throws: ``CredentialError`` where the key can't stand in a header.
    public init(key: String, origin: Origin, source: String) throws {
        // Anything else could end the header line and begin another.
        guard !key.isEmpty, key.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw CredentialError(source: source, origin: origin)
        }
        self.key = key
        self.origin = origin
        self.source = source
    }

    /// The header that proves who asks; nil for every other server.
    public func authorization(for url: String) -> (name: String, value: String)? {
        Origin(url) == origin ? ("Authorization", "Bearer \(key)") : nil
    }

    /// A text with the key blotted out, and with a beginning of it where the text was cut short: servers have been seen
    /// to repeat keys in their errors.
    public func redacting(_ text: String) -> String {
        var text = text
        for length in stride(from: key.count, through: min(8, key.count), by: -1) {
            text = text.replacing(key.prefix(length), with: "[key]")
        }
        return text
    }

    public var description: String { "a key for \(origin)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// A key holds what no key can.
public struct CredentialError: Error, Equatable, CustomStringConvertible {
    /// Where the key came from: a variable, a file, a command.
    public let source: String
    public let origin: Origin

    public var description: String {
        "the key for \(origin) from \(source) is empty, or holds spaces or other characters that no key has: "
            + "expected one word of ASCII"
    }
}
