import Playground

/// Adds a prompt to those of earlier times.
struct RememberPrompt {
    var prompt: String

    func perform(in context: EffectContext) {
        let (services, prompt) = (context.services, prompt)
        context.runErrand {
            do {
                try services.remember(prompt)
                return nil
            } catch {
                return .warned(String(oneLine: error))
            }
        }
    }
}
