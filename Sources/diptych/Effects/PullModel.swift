import Playground
import Reports

/// Fetches a model of the catalog.
struct PullModel {
    var id: CatalogEntry.ID

    func perform(in context: EffectContext) {
        let id = id
        context.start(.pull(id)) {
            do {
                try await context.services.pull(id) { context.post(.pull(id, $0)) }
                context.post(.pull(id, .finished))
            } catch is CancellationError {
                context.post(.pull(id, .cancelled))
            } catch {
                context.post(.pull(id, .failed(String(oneLine: error))))
            }
        }
    }
}
