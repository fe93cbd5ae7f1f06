/// Why a model can't be used, or a prompt not be answered. Each description is one line that says what was expected,
/// what was found and what to do.
public enum ModelError: Error, Equatable {
    case unknownArchitecture(path: String, found: String)
    case notAnEncoder(path: String, found: String)
    case missingHead(path: String, task: String)
    case missingTensor(path: String, name: String)
    case wrongShape(path: String, tensor: String, expected: [Int], found: [Int])
    case unsupportedFormat(path: String, tensor: String, found: String)
    case invalidHyperparameter(path: String, key: String, found: String, expected: String)
    case tooLarge(path: String, needed: Int, available: Int)
    case contextTooLong(requested: Int, limit: Int)
    case unknownDepth(Int, layers: Int)
    case promptTooLong(tokens: Int, contextLength: Int)
    case answerTooLong(tokens: Int, contextLength: Int)
    case emptyPrompt
    case textTooShort(tokens: Int, needed: Int)
    case unknownToken(TokenID, vocabularySize: Int)
    case outOfMemory(bytes: Int, purpose: String)
    case noThreads(Int)
    case otherVocabulary(draft: String, target: String)
    case incomparable(path: String, leader: String)
    case unsupportedCache(KVCacheFormat, headSize: Int)
}

extension ModelError: CustomStringConvertible {
    /// One line of bounded length, whatever names the file holds.
    public var description: String {
        text.visible(limit: 1000)
    }

    private var text: String {
        switch self {
        case .unknownArchitecture(let path, let found):
            let known = Architectures.all.flatMap { $0.identifiers }.joined(separator: ", ")
            return "\(path): architecture \"\(found)\" is not supported; expected one of \(known)"
        case .notAnEncoder(let path, let found):
            let known = EncoderArchitectures.all.flatMap { $0.identifiers }.joined(separator: ", ")
            return "\(path): architecture \"\(found)\" is no encoder that is supported; expected one of \(known)"
        case .missingHead(let path, let task):
            return "\(path): has no head for \(task); choose a model that was trained for it"
        case .missingTensor(let path, let name):
            return "\(path): tensor \"\(name)\" is missing; the file is incomplete or of another architecture, "
                + "fetch it again"
        case .wrongShape(let path, let tensor, let expected, let found):
            return "\(path): tensor \"\(tensor)\" has shape \(found), expected \(expected) from the file's metadata"
        case .unsupportedFormat(let path, let tensor, let found):
            let known = TensorFormat.all.map(\.name).joined(separator: ", ")
            return "\(path): tensor \"\(tensor)\" is in format \(found), which is not supported; "
                + "choose a file in one of \(known)"
        case .invalidHyperparameter(let path, let key, let found, let expected):
            return "\(path): \(key) is \(found), expected \(expected)"
        case .tooLarge(let path, let needed, let available):
            return "\(path): needs about \(ByteCount(needed)) of memory, \(ByteCount(available)) are available; "
                + "choose a smaller or more strongly quantized model, or a shorter context"
        case .contextTooLong(let requested, let limit):
            return "a context of \(requested) tokens was asked for, the model was trained for at most \(limit)"
        case .unknownDepth(let depth, let layers):
            return "a depth of \(depth) was asked for, the model has layers 1 to \(layers)"
        case .promptTooLong(let tokens, let contextLength):
            return "the prompt has \(tokens) tokens, the context holds \(contextLength) and needs one for the answer; "
                + "shorten the prompt or choose a longer context"
        case .answerTooLong(let tokens, let contextLength):
            return "prompt and answer have \(tokens) tokens, the context holds \(contextLength); "
                + "choose a longer context"
        case .emptyPrompt:
            return "the prompt has no tokens; write something to continue"
        case .textTooShort(let tokens, let needed):
            return "the text has \(tokens) tokens, a chunk needs \(needed); give a longer text or a shorter --ctx"
        case .unknownToken(let id, let vocabularySize):
            return "token \(id) is not in the vocabulary of \(vocabularySize) tokens"
        case .outOfMemory(let bytes, let purpose):
            return "out of memory: \(ByteCount(bytes)) for \(purpose) could not be had; choose a shorter context"
        case .noThreads(let count):
            return "\(count) worker threads could not be started; choose fewer threads"
        case .otherVocabulary(let draft, let target):
            return "\(draft) can't draft for \(target): their vocabularies differ; choose a smaller model of the same "
                + "family, or prompt lookup"
        case .incomparable(let path, let leader):
            return "\(path) and \(leader) have different vocabularies, so their probabilities can't be compared "
                + "token by token; score the answer without a leader"
        case .unsupportedCache(let format, let headSize):
            return "a KV cache in \(format.rawValue) needs heads of a multiple of 32 components, this model's have "
                + "\(headSize); choose f16"
        }
    }
}

/// A number of bytes as people read it, in decimal units: "98.4 MB".
struct ByteCount: CustomStringConvertible {
    let bytes: Int

    init(_ bytes: Int) { self.bytes = bytes }

    var description: String {
        var value = Double(bytes)
        var unit = 0
        let units = ["bytes", "kB", "MB", "GB", "TB"]
        while value >= 1000, unit < units.count - 1 {
            value /= 1000
            unit += 1
        }
        guard unit > 0 else { return "\(bytes) bytes" }
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 10).\(tenths % 10) \(units[unit])"
    }
}
