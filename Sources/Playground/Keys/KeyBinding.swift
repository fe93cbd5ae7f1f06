import Screen

/// Where a binding holds.
public enum KeyContext: String, Sendable, Equatable, CaseIterable {
    case everywhere = "Everywhere"
    case prompt = "In the prompt"
    case editing = "While writing"
    /// Answers, lists and pages.
    case list = "In answers, lists and pages"
    /// Answers alone.
    case answer = "In an answer"
    /// Answers, and those lists and pages where letters aren't text.
    case outsideText = "Where letters aren't text"
    case completion = "While a command is typed"
    case inspector = "In the inspector"
    case vote = "In a blind comparison"
    case workbench = "In a task"
    case models = "In the models"
    case form = "In forms"
    case systemPrompt = "In the system prompt"
    case search = "In lists that are searched"
    case page = "In pages"
}

/// One row of the key table: it feeds the handler, the help screen and the README.
public struct KeyBinding: Sendable, Equatable {
    public internal(set) var keys: [Key]
    public let action: Action
    public let context: KeyContext
    /// What it does, for people.
    public let title: String
    /// One or two words for the line of hints; nil keeps it off that line.
    public let hint: String?

    init(_ keys: Key..., action: Action, in context: KeyContext, _ title: String, hint: String? = nil) {
        self.keys = keys
        self.action = action
        self.context = context
        self.title = title
        self.hint = hint
    }
}
