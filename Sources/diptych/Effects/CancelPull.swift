import Playground
import Reports

/// Stops a pull; what was fetched stays for the next one.
struct CancelPull {
    var id: CatalogEntry.ID

    func perform(in context: EffectContext) {
        context.cancel { $0 == .pull(id) }
    }
}
