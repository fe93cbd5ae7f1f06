import Chat
import Playground

/// Shows the prompt that a pane's model would see.
struct RenderPrompt {
    var pane: PaneID
    var request: ChatRequest

    func perform(in context: EffectContext) {
        let (pane, request) = (pane, request)
        guard let backend = context.backend(of: pane) as? any PromptRendering else {
            context.post(.rendered(pane, .failure("this backend doesn't show the prompt that it makes")))
            return
        }
        context.start(.run(RunID(0), pane: pane)) {
            do {
                context.post(.rendered(pane, .success(try await backend.renderPrompt(of: request))))
            } catch {
                context.post(.rendered(pane, .failure(String(oneLine: error))))
            }
        }
    }
}
