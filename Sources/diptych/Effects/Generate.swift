import Chat
import Playground

/// Answers a request with a pane's model; every event carries the run's id.
struct Generate {
    var request: RunRequest

    func perform(in context: EffectContext) {
        let (id, chat) = (request.id, request.chat)
        guard let backend = context.backend(of: request.pane) else {
            context.post(.run(id, .failed("no model is open in this pane; choose one")))
            return
        }
        // The small model guesses for the large one.
        if let drafting = backend as? any DraftTaking {
            drafting.take(draftFrom: request.draftPane.flatMap { context.backend(of: $0) })
        }
        let recorder = context.recorder
        recorder?.runStarted(request)
        context.start(.run(id, pane: request.pane)) {
            do {
                var isWhole = false
                for try await event in backend.respond(to: chat) {
                    context.post(.run(id, .chat(event)))
                    recorder?.run(id, event)
                    if case .finished = event { isWhole = true }
                }
                if !isWhole { recorder?.runCancelled(id) }
                context.post(.run(id, .ended))
            } catch is CancellationError {
                recorder?.runCancelled(id)
                context.post(.run(id, .ended))
            } catch {
                recorder?.runFailed(id, String(oneLine: error))
                context.post(.run(id, .failed(String(oneLine: error))))
            }
        }
    }
}
