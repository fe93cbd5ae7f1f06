import Chat
import Synchronization

/// A backend that plays a script: the same events, at once, for every request.
public final class ScriptedBackend: ChatBackend {
    /// One line of the script.
    public enum Step: Sendable {
        case event(ChatEvent)
        /// The stream ends with this error.
        case failure(any Error)
        /// Nothing happens until the consuming task is cancelled.
        case waitForCancellation
    }

    public let profile: ModelProfile
    private let script: [Step]
    private let memory: MemoryUse?
    private let log = Mutex<[ChatRequest]>([])

    public init(profile: ModelProfile = .scripted(), memory: MemoryUse? = nil, script: [Step]) {
        self.profile = profile
        self.memory = memory
        self.script = script
    }

    /// What was asked so far, oldest first.
    public var requests: [ChatRequest] { log.withLock { $0 } }

    public func memoryUse() -> MemoryUse? { memory }

    public func respond(to request: ChatRequest) -> AsyncThrowingStream<ChatEvent, any Error> {
        log.withLock { $0.append(request) }
        let script = script
        return AsyncThrowingStream { continuation in
            let player = Task {
                for step in script {
                    switch step {
                    case .event(let event):
                        continuation.yield(event)
                    case .failure(let error):
                        continuation.finish(throwing: error)
                    case .waitForCancellation:
                        while !Task.isCancelled { try? await Task.sleep(for: .milliseconds(5)) }
                    }
                }
                continuation.finish()
            }
            continuation.onTermination = { _ in player.cancel() }
        }
    }
}

extension ScriptedBackend {
    /// Answers with these words, one token each, numbered from 100: the first after `firstToken`, then one every
    /// `gap`. The prompt has ten tokens, of which none is cached, and is computed in one piece.
    public static func answering(
        _ words: [String], profile: ModelProfile = .scripted(), memory: MemoryUse? = nil,
        firstToken: Duration = .milliseconds(50), gap: Duration = .milliseconds(10), finish: FinishReason = .stop
    ) -> ScriptedBackend {
        var script: [Step] = [
            .event(.prompt(PromptSummary(tokens: 10, cachedTokens: 0))),
            .event(.prefill(computed: 10, of: 10, at: firstToken)),
        ]
        var now = firstToken
        for (index, word) in words.enumerated() {
            now = firstToken + gap * index
            script.append(.event(.token(ChatToken(id: 100 + index, text: word, logprob: -0.5, at: now))))
        }
        if let memory { script.append(.event(.memory(memory))) }
        script.append(.event(.finished(finish, at: now)))
        return ScriptedBackend(profile: profile, memory: memory, script: script)
    }
}

extension ModelProfile {
    /// A made-up model.
    public static func scripted(
        name: String = "scripted", fileBytes: Int = 1000, contextLength: Int = 2048, hasChatTemplate: Bool = true,
        loadDuration: Duration = .milliseconds(5)
    ) -> ModelProfile {
        ModelProfile(
            name: name, architecture: "llama", format: "Q8_0", parameterCount: 1000, fileBytes: fileBytes,
            contextLength: contextLength, hasChatTemplate: hasChatTemplate, loadDuration: loadDuration, threads: 1)
    }
}
