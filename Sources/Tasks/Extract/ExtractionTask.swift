import Chat
import Evaluation

/// What is taken out of texts, and how a model is asked for it.
public struct ExtractionTask: PromptedTask, Sendable, Equatable {
    public var schema: RecordSchema
    /// What the model is told to do, before it is shown the schema.
    public var instruction: String
    /// Texts with their records, shown before each text.
    public var shots: [Example]
    /// Tokens of an answer at most. A record that is longer is a failure, never a part of one.
    public var maximumTokens: Int

    public static let defaultInstruction =
        "Extract the fields from the text. Answer with one JSON object of this schema and nothing else. "
        + "Take every value from the text."

    /// - Throws: ``TaskError`` if a shot's record isn't of the schema.
    public init(
        schema: RecordSchema, instruction: String? = nil, shots: [Example] = [], maximumTokens: Int = 2048
    ) throws(TaskError) {
        for shot in shots {
            guard let expected = shot.expected else {
                throw TaskError("few-shot example \(shot.id): expected a record of the schema, found none")
            }
            let value: RecordValue
            do { value = try RecordValue(json: expected) } catch {
                throw TaskError("few-shot example \(shot.id): \(error)")
            }
            if let violation = schema.violation(in: value) {
                throw TaskError("few-shot example \(shot.id): expected a record of the schema: \(violation)")
            }
        }
        self.schema = schema
        self.instruction = instruction ?? Self.defaultInstruction
        self.shots = shots
        self.maximumTokens = maximumTokens
    }

    private var preface: String { "\(instruction)\n\nSchema: \(schema.text)" }

    func messages(for text: String) -> [Message] {
        [Message(role: .system, content: preface)]
            + shots.flatMap { shot in
                [
                    Message(role: .user, content: shot.text),
                    Message(role: .assistant, content: shot.expected ?? ""),
                ]
            } + [Message(role: .user, content: text)]
    }

    func rawMessages(for text: String) -> [Message] {
        let blocks =
            [preface] + shots.map { "Text:\n\($0.text)\n\nJSON:\n\($0.expected ?? "")" } + ["Text:\n\(text)\n\nJSON:\n"]
        return [Message(role: .user, content: blocks.joined(separator: "\n\n"))]
    }

    /// Names everything in here that can change an answer.
    public var fingerprint: String {
        var fingerprint = Fingerprint("extract", instruction, schema.text, "\(maximumTokens)")
        for shot in shots {
            fingerprint.add(shot.text)
            fingerprint.add(shot.expected ?? "")
        }
        return fingerprint.text
    }
}
