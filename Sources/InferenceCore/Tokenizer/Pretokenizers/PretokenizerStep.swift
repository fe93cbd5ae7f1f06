/// One of the steps that a `pre_tokenizer` of `tokenizer.json` is made of.
enum PretokenizerStep: Equatable, Sendable {
    /// `Split` by a regular expression, "isolated": the matches and what is between them are pieces.
    case split(String)
    /// `Split` by an expression whose matches are the words: what is between them vanishes.
    case words(String)
    /// `Digits`: each number character, or each run of them.
    case digits(individually: Bool)
    /// `Punctuation` with runs of it in one piece ("contiguous").
    case punctuation
    /// `ByteLevel`: with GPT-2's words, or bytes only.
    case byteLevel(usesWords: Bool)
}

extension [PretokenizerStep] {
    /// Steps that are one expression and the change to bytes.
    static func expression(_ expression: String) -> [PretokenizerStep] {
        [.split(expression), .byteLevel(usesWords: false)]
    }
}

extension PretokenizerStep: CustomStringConvertible {
    var description: String {
        switch self {
        case .split(let expression): "Split '\(expression)'"
        case .words(let expression): "words '\(expression)'"
        case .digits(let individually): individually ? "Digits, individual" : "Digits"
        case .punctuation: "Punctuation, contiguous"
        case .byteLevel(let usesWords): usesWords ? "ByteLevel with words" : "ByteLevel"
        }
    }

    /// The step with its expression written in one way.
    ///
    /// The known expressions match every character of a text, so that keeping the matches keeps all; none of them needs
    /// to give back what a possessive repetition holds; and their contractions are the only letters without case.
    var canonical: PretokenizerStep {
        switch self {
        case .split(let expression), .words(let expression): .split(Self.canonical(expression))
        case .digits, .punctuation, .byteLevel: self
        }
    }

    private static func canonical(_ expression: String) -> String {
        var result = ""
        // Scalar by scalar: a carriage return and a line feed are one character to Swift.
        for scalar in expression.unicodeScalars {
            switch scalar {
            case "\r": result += #"\r"#
            case "\n": result += #"\n"#
            default: result.unicodeScalars.append(scalar)
            }
        }
        let asciiContractions = "(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])"
        return result.replacing(asciiContractions, with: PublishedExpression.contractions)
            .replacing("?+", with: "?").replacing("++", with: "+").replacing("*+", with: "*")
            .replacing("3}+", with: "3}").replacing("{1}", with: "")
    }
}

/// Parts of the published expressions that several families share.
enum PublishedExpression {
    static let contractions = "(?i:'s|'t|'re|'ve|'m|'ll|'d)"
    static let gpt2 = #"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#
    static let whitespace = #"\s*[\r\n]+|\s+(?!\S)|\s+"#
    static let signs = #" ?[^\s\p{L}\p{N}]+[\r\n]*|"# + whitespace
    static let letters = #"[^\r\n\p{L}\p{N}]?\p{L}+"#
    static let number = #"\p{N}{1,3}"#

    /// Llama 3's expression with another way to write numbers.
    static func lineAware(number: String) -> String {
        contractions + "|" + letters + "|" + number + "|" + signs
    }

    private static let lead = #"[^\r\n\p{L}\p{N}]?"#
    private static let beginning = #"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]"#
    private static let end = #"[\p{Ll}\p{Lm}\p{Lo}\p{M}]"#

    /// GPT-4o's expression; without contractions and with another number, it is Tekken's.
    static func cased(contractions: String, number: String) -> String {
        lead + beginning + "*" + end + "+" + contractions + "|" + lead + beginning + "+" + end + "*" + contractions
            + "|" + number + #"| ?[^\s\p{L}\p{N}]+[\r\n/]*|"# + whitespace
    }
}
