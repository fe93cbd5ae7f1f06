import Playground

/// Reads the prompts of earlier times and those to start from.
struct ReadPromptLibrary {
    func perform(in context: EffectContext) {
        let (services, post) = (context.services, context.post)
        context.runErrand {
            let (history, starters, complaints) = services.promptLibrary()
            for complaint in complaints { post(.warned(complaint)) }
            return .libraryRead(history: history, starters: starters)
        }
    }
}
