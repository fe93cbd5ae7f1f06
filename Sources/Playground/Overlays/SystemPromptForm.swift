/// The dialog that changes the system prompt, of one pane or of all.
public struct SystemPromptForm: Sendable, Equatable {
    public internal(set) var editor: TextEditor
    public internal(set) var scope: Scope

    init(_ scope: Scope, text: String) {
        self.scope = scope
        editor = TextEditor(text)
    }
}

/// Which panes a form is about.
public enum Scope: Sendable, Equatable {
    case all
    /// The pane with this index.
    case pane(Int)

    func indices(in state: State) -> [Int] {
        switch self {
        case .all: Array(state.panes.indices)
        case .pane(let index): state.panes.indices.contains(index) ? [index] : []
        }
    }
}

extension State {
    /// The focused pane, or all.
    var focusedScope: Scope {
        // A name beside the side that was chosen would tell which is which.
        guard case .pane(let index) = focus, !isHidden else { return .all }
        return .pane(index)
    }

    /// The scopes that a form goes through, in order.
    func nextScope(after scope: Scope) -> Scope {
        switch scope {
        case .all: .pane(0)
        case .pane(let index): index + 1 < panes.count ? .pane(index + 1) : .all
        }
    }

    func name(of scope: Scope) -> String {
        switch scope {
        case .all: panes.count == 1 ? "the model" : panes.count == 2 ? "both models" : "all models"
        case .pane(let index): label(index)
        }
    }

    mutating func openSystemPrompt(_ scope: Scope) {
        let pane = scope.indices(in: self).first ?? 0
        dialog = .systemPrompt(SystemPromptForm(scope, text: panes[pane].settings.systemPrompt))
    }

    mutating func setSystemPrompt(_ text: String, for scope: Scope) {
        let text = text.contains { !$0.isWhitespace } ? text : ""
        // No model is opened anew for this.
        _ = change(scope) { settings in settings.systemPrompt = text }
    }
}
