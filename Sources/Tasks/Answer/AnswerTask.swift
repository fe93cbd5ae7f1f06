import Chat
import Evaluation

/// Texts that are answered freely, and how a model is asked.
public struct AnswerTask: PromptedTask, Sendable, Equatable {
    /// What the model is told before each text; nil for nothing.
    public var instruction: String?
    /// Texts with their answers, shown before each text.
    public var shots: [Example]
    /// Tokens of an answer at most. One that is longer is cut there, and judged as it is.
    public var maximumTokens: Int

    /// - Throws: ``TaskError`` if a shot has no answer.
    public init(
        instruction: String? = nil, shots: [Example] = [], maximumTokens: Int = 512
    ) throws(TaskError) {
        if let shot = shots.first(where: { $0.expected == nil }) {
            throw TaskError("few-shot example \(shot.id): expected an answer, found none")
        }
        self.instruction = instruction
        self.shots = shots
        self.maximumTokens = maximumTokens
    }

    func messages(for text: String) -> [Message] {
        (instruction.map { [Message(role: .system, content: $0)] } ?? [])
            + shots.flatMap { shot in
                [Message(role: .user, content: shot.text), Message(role: .assistant, content: shot.expected ?? "")]
            } + [Message(role: .user, content: text)]
    }

    func rawMessages(for text: String) -> [Message] {
        let blocks =
            (instruction.map { [$0] } ?? []) + shots.map { "Question: \($0.text)\nAnswer: \($0.expected ?? "")" }
            + ["Question: \(text)\nAnswer:"]
        return [Message(role: .user, content: blocks.joined(separator: "\n\n"))]
    }

    /// Names everything in here that can change an answer.
    public var fingerprint: String {
        var fingerprint = Fingerprint("answer", instruction ?? "", "\(maximumTokens)")
        for shot in shots {
            fingerprint.add(shot.text)
            fingerprint.add(shot.expected ?? "")
        }
        return fingerprint.text
    }
}
