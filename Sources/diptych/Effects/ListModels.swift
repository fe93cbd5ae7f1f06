import Playground

/// Looks at the disk and the memory for what the picker shows.
struct ListModels {
    /// Tokens of context that a model has to fit with; nil is the program's default.
    var contextLength: Int?

    func perform(in context: EffectContext) {
        let contextLength = contextLength
        context.start(.list) {
            do {
                let services = context.services
                let listings = try await onOwnThread { try services.listings(contextLength: contextLength) }
                context.post(.modelsListed(listings))
            } catch {
                context.post(.modelsUnlisted(String(oneLine: error)))
            }
        }
    }
}
