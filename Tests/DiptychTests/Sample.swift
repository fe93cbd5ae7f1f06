import Chat
import ChatTestSupport

@testable import diptych

/// Requests, models and comparisons that several tests start from.
enum Sample {
    static let request = ChatRequest(messages: [Message(role: .user, content: "Name a river.")])

    static let memory = MemoryUse(
        weightsMapped: 1000, weightsResident: 900, repacked: 30, keyValueCache: 60, scratch: 10)

    /// A small model and one that is twice as slow, each opened anew by every repeat.
    static func comparison(
        repeats: Int = 1, isConcurrent: Bool = false, small: [String] = ["The ", "Rhine"],
        large: [String] = ["The ", "Rhône", "."]
    ) -> ComparisonRun {
        ComparisonRun(
            contenders: [
                ComparisonRun.Contender(role: .small, model: "tiny") {
                    ScriptedBackend.answering(small, profile: .scripted(name: "tiny"), memory: memory)
                },
                ComparisonRun.Contender(role: .large, model: "huge") {
                    ScriptedBackend.answering(
                        large, profile: .scripted(name: "huge"), memory: memory, firstToken: .milliseconds(100),
                        gap: .milliseconds(20), finish: .length)
                },
            ],
            request: request, isConcurrent: isConcurrent, repeats: repeats)
    }
}
