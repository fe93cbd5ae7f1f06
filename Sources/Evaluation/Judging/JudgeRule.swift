import Foundation

/// When an answer counts as right.
public enum JudgeRule: String, Sendable, Codable, CaseIterable {
    /// The same text, whatever the case of its letters and the white space around it.
    case exact
    /// What is expected occurs in the answer, whatever the case.
    case contains
    /// What is expected is a regular expression that matches somewhere in the answer.
    case pattern
    /// The same JSON value: the order of an object's fields and the way in which numbers are written don't count.
    case json
    /// The answer's last number is the one expected, within a millionth.
    case number

    public func accepts(_ answer: String, expected: String) -> Bool {
        switch self {
        case .exact: Self.plain(answer) == Self.plain(expected)
        case .contains: Self.plain(answer).contains(Self.plain(expected))
        case .pattern:
            (try? Regex(expected)).map { answer.firstMatch(of: $0) != nil } ?? false
        case .json: Self.isSameJSON(answer, expected)
        case .number:
            if let found = Self.lastNumber(answer), let wanted = Self.lastNumber(expected) {
                abs(found - wanted) <= 1e-6 * max(1, abs(wanted))
            } else {
                false
            }
        }
    }

    private static func plain(_ text: String) -> String {
        text.trimmingCharacters(in: .whitespacesAndNewlines).lowercased()
    }

    private static func isSameJSON(_ one: String, _ other: String) -> Bool {
        guard let one = value(one), let other = value(other) else { return false }
        return one.isEqual(other)
    }

    private static func value(_ text: String) -> NSObject? {
        (try? JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)) as? NSObject
    }

    private static func lastNumber(_ text: String) -> Double? {
        let number = /-?\d[\d,]*(?:\.\d+)?(?:[eE][+-]?\d+)?/
        return text.matches(of: number).last.flatMap { Double($0.output.replacing(",", with: "")) }
    }
}
