/// One thing that a task has to know before it begins.
public struct WorkflowField: Sendable, Equatable {
    /// What may stand in it.
    public enum Rule: Sendable, Equatable {
        case text
        /// A file or a folder; whether it is there shows when the task begins.
        case path
        /// Texts with commas between them, so many.
        case list(atLeast: Int, atMost: Int = .max)
        case wholeNumber(ClosedRange<Int>)
        case choice([String])
    }

    /// As it stands in a command, such as "labels".
    public let name: String
    /// What it is for, in a few words.
    public let explanation: String
    public let rule: Rule
    public let isRequired: Bool
    /// Whether its value stands in a command without its name, in the order of the fields.
    let isPositional: Bool
    /// What is taken where nothing is filled in, as far as it has a name.
    let usual: String?

    init(
        _ name: String, _ explanation: String, _ rule: Rule, isRequired: Bool = false, isPositional: Bool = false,
        usual: String? = nil
    ) {
        self.usual = usual
        self.name = name
        self.explanation = explanation
        self.rule = rule
        self.isRequired = isRequired
        self.isPositional = isPositional || isRequired
    }

    /// What is wrong with a text in this field, as the end of "expected …"; nil if nothing is.
    func fault(in text: String) -> String? {
        let isEmpty = !text.contains { !$0.isWhitespace }
        if isEmpty { return isRequired ? expected : nil }
        switch rule {
        case .text, .path: return nil
        case .list(let least, let most):
            let parts = Self.parts(of: text)
            return (least...most).contains(parts.count) && Set(parts).count == parts.count && !parts.contains("")
                ? nil : expected
        case .wholeNumber(let range): return Int(text).map { range.contains($0) } == true ? nil : expected
        case .choice(let choices): return choices.contains(text) ? nil : expected
        }
    }

    /// What may stand in it, for people.
    var expected: String {
        switch rule {
        case .text: "some words"
        case .path: "the name of a file or a folder"
        case .list(1, .max): "names with commas between them"
        case .list(1, let most): "names with commas between them, at most \(most)"
        case .list(let least, _): "\(least) different ones or more, with commas between them"
        case .wholeNumber(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .choice(let choices): choices.joined(separator: " or ")
        }
    }

    /// The next or the former one of its choices; the text itself where there are none.
    func stepped(_ text: String, by step: Int) -> String {
        switch rule {
        case .choice(let choices):
            guard let index = choices.firstIndex(of: text) else { return choices.first ?? text }
            return choices[(index + step + choices.count) % choices.count]
        case .wholeNumber(let range):
            let (sum, overflow) = (Int(text) ?? range.lowerBound - step).addingReportingOverflow(step)
            return overflow ? text : String(min(max(range.lowerBound, sum), range.upperBound))
        case .text, .path, .list: return text
        }
    }

    /// The parts of a list, without the blanks around them.
    static func parts(of text: String) -> [String] {
        text.split(separator: ",", omittingEmptySubsequences: false).map { $0.withoutOuterBlanks }
    }
}

extension StringProtocol {
    var withoutOuterBlanks: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
