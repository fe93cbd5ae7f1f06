import Chat
import InferenceCore
import Machine
import Synchronization

/// A model in this process.
public final class LocalBackend: ChatBackend, DraftTaking {
    public let profile: ModelProfile
    let session: Session
    var model: Model { session.model }
    /// Is used instead of the model's own template.
    let template: ChatTemplate?
    private let energy: EnergyCounter
    /// The model that guesses for this one.
    private let draft = Mutex<Model?>(nil)
    private let constraints = ConstraintCache()

    init(session: Session, profile: ModelProfile, template: ChatTemplate?, energy: EnergyCounter) {
        self.session = session
        self.energy = energy
        self.template = template
        self.profile = profile
    }

    /// Opens a model file and makes room for its context. Blocks for the milliseconds this takes: call it on a thread
    /// of your own.
    /// - Parameters:
    ///   - name: what the model is called on screen and in reports.
    ///   - contextLength: tokens of prompt and answer together; nil for the engine's default.
    ///   - cacheFormat: how keys and values are kept.
    ///   - template: the chat template to use instead of the model's own.
    ///   - price: what this machine costs.
    ///   - energy: tells what the processors use.
    /// - Throws: `GGUFError`, `ModelError`: one line that says what is wrong and what to do.
    public static func open(
        path: String, name: String, runtime: Runtime, contextLength: Int? = nil, cacheFormat: KVCacheFormat = .f16,
        template: ChatTemplate? = nil, price: Price? = nil, energy: EnergyCounter = EnergyCounter()
    ) throws -> LocalBackend {
        let start = ContinuousClock.now
        let model = try Model(path: path, runtime: runtime)
        let session = try Session(model: model, contextLength: contextLength, cacheFormat: cacheFormat)
        let profile = ModelProfile(
            name: name,
            architecture: model.architectureName,
            format: model.formatName,
            parameterCount: model.parameterCount,
            fileBytes: model.byteCount,
            contextLength: session.contextLength,
            hasChatTemplate: template != nil || model.chatTemplateSource != nil,
            loadDuration: .now - start,
            threads: runtime.threads,
            price: price)
        return LocalBackend(session: session, profile: profile, template: template, energy: energy)
    }

    public func memoryUse() -> MemoryUse? {
        MemoryUse(session.memory())
    }

    /// A model with another vocabulary can't guess: then, prompt lookup does.
    public func take(draftFrom other: (any ChatBackend)?) -> Bool {
        let candidate = (other as? LocalBackend)?.model
        let usable = candidate.map { $0 !== model && $0.tokenizer.hasSameVocabulary(as: model.tokenizer) } ?? false
        draft.withLock { $0 = usable ? candidate : nil }
        return usable
    }

    private func speculation(_ mode: SpeculationMode) -> Speculation {
        switch mode {
        case .off: .off
        case .lookup: .promptLookup
        case .draft: draft.withLock { $0 }.map { .draft($0) } ?? .promptLookup
        }
    }

    public func respond(to request: ChatRequest) -> AsyncThrowingStream<ChatEvent, any Error> {
        let start = ContinuousClock.now
        return AsyncThrowingStream { continuation in
            let task = Task { [self] in
                do {
                    var resources = ResourceMeter(energy: energy, start: start)
                    var measured: ContinuousClock.Instant?
                    let watch = MemoryWatch(
                        measure: { [session] in MemoryUse(session.memory()) },
                        report: { continuation.yield(.memory($0)) })
                    defer { watch.end() }
                    let events = session.generate(options: try await options(for: request)) { [self] in
                        let prompt = try prompt(for: request)
                        for note in prompt.notes { continuation.yield(.note(note)) }
                        return prompt.tokens
                    }
                    for try await event in events {
                        if case .finished = event {
                            resources.update()
                            continuation.yield(.resources(resources.use))
                            watch.end()
                            continuation.yield(.memory(MemoryUse(session.memory())))
                        }
                        continuation.yield(chatEvent(event, since: start))
                        // While weights are paged in, memory is worth a look now and then; at the end it is complete.
                        if event.isWorthMeasuring(since: measured) {
                            watch.look()
                            resources.update()
                            measured = .now
                        }
                    }
                    continuation.finish()
                } catch {
                    continuation.finish(throwing: error)
                }
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }

    /// - Throws: `ConstraintError`.
    private func options(for request: ChatRequest) async throws -> GenerationOptions {
        var options = GenerationOptions(
            sampling: SamplingParameters(request.sampling), maximumTokens: request.maximumTokens,
            topLogprobs: request.topLogprobs)
        options.speculation = speculation(request.speculation)
        options.usesCache = request.usesCache
        if let constraint = request.constraint {
            options.constraint = try await away { [self] in
                try constraints.constraint(constraint, for: model.tokenizer)
            }
            if let prefix = request.answerPrefix { options.answerPrefix = bytes(of: prefix) }
        }
        return options
    }
}
