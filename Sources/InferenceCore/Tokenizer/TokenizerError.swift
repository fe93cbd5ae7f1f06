/// Why a file's tokenizer can't be used. The description is one line: file, key, what is wrong, what to do.
public struct TokenizerError: Error, Equatable, Sendable, CustomStringConvertible {
    public enum Reason: Equatable, Sendable {
        case missing
        case empty
        case unsupported(found: String, known: [String])
        case tooShort(expected: Int, found: Int)
        case outOfRange(found: Int, limit: Int)
        case needs(key: String)
        /// The value isn't of the form it must have.
        case malformed
        /// A part of a published tokenizer that has no counterpart here.
        case unknownPart(found: String)
    }

    /// The file, as the caller named it.
    public let file: String
    /// The metadata key, or the member of tokenizer.json.
    public let key: String
    public let reason: Reason

    public init(file: String, key: String, reason: Reason) {
        self.file = file
        self.key = key
        self.reason = reason
    }

    public var description: String {
        "\(file.visible()): \(key) \(problem)"
    }

    private var problem: String {
        switch reason {
        case .missing:
            "is missing: convert the model again with its tokenizer, or pull it again"
        case .empty:
            "holds nothing: convert the model again with its tokenizer, or pull it again"
        case .unsupported(let found, let known):
            "is '\(found.visible(limit: 40))', expected one of \(known.joined(separator: ", ")): choose another model"
        case .tooShort(let expected, let found):
            "has \(found) elements, expected \(expected), one for each token: convert the model again"
        case .outOfRange(let found, let limit):
            "is \(found), expected less than \(limit): convert the model again"
        case .needs(let key):
            "is true, but \(key) is not set: set it, or convert the model again"
        case .malformed:
            "is damaged or of another form than expected: pull the model again"
        case .unknownPart(let found):
            "has a part that has no counterpart here: \(found.visible(limit: 400)); choose another model, or add it to "
                + "the pretokenizers"
        }
    }
}
