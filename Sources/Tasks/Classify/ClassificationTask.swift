import Chat
import Evaluation

/// What texts are classified as, and how a model is asked.
public struct ClassificationTask: PromptedTask, Sendable, Equatable, Codable {
    /// How the labels' likelihoods become probabilities.
    public enum Calibration: String, Sendable, Codable, CaseIterable {
        /// As the model gives them.
        case none
        /// Divided by what the model gives for texts without content, so that a label that it likes anyway gains nothing
        /// by that (Zhao et al. 2021, "Calibrate Before Use").
        case contentFree = "content-free"
    }

    /// In the order of reports; different ones, at least two, none empty.
    public var labels: [String]
    /// What the model is told to do; nil for a sentence made of the labels.
    public var instruction: String?
    /// Examples with expected labels, shown before each text.
    public var shots: [Example]
    public var calibration: Calibration

    /// - Throws: ``TaskError`` if the labels can't be used, or a shot has none of them.
    public init(
        labels: [String], instruction: String? = nil, shots: [Example] = [], calibration: Calibration = .none
    ) throws(TaskError) {
        guard labels.count >= 2 else {
            throw TaskError("expected two labels or more, found \(labels.count): name them all")
        }
        guard Set(labels).count == labels.count else { throw TaskError("expected different labels, found one twice") }
        guard !labels.contains(where: { $0.allSatisfy(\.isWhitespace) }) else {
            throw TaskError("expected labels with text, found an empty one")
        }
        for shot in shots {
            guard let label = shot.expected, labels.contains(label) else {
                throw TaskError(
                    "few-shot example \(shot.id): expected one of the labels \(labels.joined(separator: ", ")), found "
                        + (shot.expected.map { "'\($0)'" } ?? "none"))
            }
        }
        self.labels = labels
        self.instruction = instruction
        self.shots = shots
        self.calibration = calibration
    }

    /// - Throws: ``TaskError`` where an example expects what is none of the labels: it could only be judged wrong.
    public func check(_ examples: [Example]) throws(TaskError) { try Self.check(examples, labels: labels) }

    static func check(_ examples: [Example], labels: [String]) throws(TaskError) {
        for example in examples {
            if let label = example.expected, !labels.contains(label) {
                throw TaskError(
                    "example \(example.id): expected one of the labels \(labels.joined(separator: ", ")), found "
                        + "'\(label)'; name all labels, or mend the file")
            }
        }
    }

    /// Texts that say nothing about any label (Zhao et al. 2021, section 4).
    static let contentFreeTexts = ["N/A", "[MASK]", ""]

    var instructionText: String {
        instruction ?? "Classify the text. Answer with one of these labels and nothing else: "
            + labels.joined(separator: ", ") + "."
    }

    func messages(for text: String) -> [Message] {
        [Message(role: .system, content: instructionText)]
            + shots.flatMap { shot in
                [
                    Message(role: .user, content: "Text: \(shot.text)\nLabel:"),
                    Message(role: .assistant, content: shot.expected ?? ""),
                ]
            } + [Message(role: .user, content: "Text: \(text)\nLabel:")]
    }

    func rawMessages(for text: String) -> [Message] {
        let blocks =
            [instructionText] + shots.map { "Text: \($0.text)\nLabel: \($0.expected ?? "")" }
            + ["Text: \(text)\nLabel:"]
        return [Message(role: .user, content: blocks.joined(separator: "\n\n"))]
    }

    /// Names everything in here that can change an answer.
    public var fingerprint: String {
        var fingerprint = Fingerprint("classify", instructionText, calibration.rawValue)
        for label in labels { fingerprint.add(label) }
        for shot in shots {
            fingerprint.add(shot.text)
            fingerprint.add(shot.expected ?? "")
        }
        return fingerprint.text
    }
}
