import Playground

/// Lets go of the model of a pane that is gone.
struct ClosePane {
    var pane: PaneID

    func perform(in context: EffectContext) {
        _ = context.release(pane: pane, for: nil)
        context.recorder?.paneClosed(pane)
    }
}
