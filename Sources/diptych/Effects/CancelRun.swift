import Playground

/// Stops a run within one token, by ending the task that consumes its events.
struct CancelRun {
    var run: RunID

    func perform(in context: EffectContext) {
        context.cancel { work in
            if case .run(run, _) = work { true } else { false }
        }
    }
}
