import Screen

/// All that the playground knows. ``update(_:)`` changes it, ``render(_:)`` shows it.
public struct State: Sendable, Equatable {
    /// What keys act on while no dialog is open.
    public enum Focus: Sendable, Equatable, Hashable {
        case prompt
        /// The pane with this index.
        case pane(Int)
    }

    public internal(set) var size: Size
    public internal(set) var panes: [Pane]
    public internal(set) var prompt = PromptEditor()
    public internal(set) var focus = Focus.prompt
    /// The dialog that lies over the panes.
    public internal(set) var dialog: Dialog?
    public internal(set) var settings: Settings
    public internal(set) var appearance: Appearance
    public internal(set) var library = Library()
    /// Something to tell until the next key.
    public internal(set) var notice: Notice?
    /// Ctrl+C was the last key; pressed again it leaves.
    var isLeavingArmed = false
    /// Sent as soon as the playground has started.
    var initialPrompt: String?
    private var lastIdentifier = 0

    /// - Parameters:
    ///   - panes: at least one; two, the small and the large model, as a rule.
    ///   - initialPrompt: is sent once the models are loaded.
    public init(
        size: Size, panes: [Pane], settings: Settings = Settings(), appearance: Appearance = Appearance(),
        initialPrompt: String? = nil
    ) {
        self.size = size
        self.panes = panes
        self.settings = settings
        self.appearance = appearance
        self.initialPrompt = initialPrompt
    }

    /// Whether any pane's backend is at work or about to be.
    public var isBusy: Bool { panes.contains { $0.turns.last?.isOpen == true } }

    /// A number that no run and no load has had.
    mutating func nextIdentifier() -> Int {
        lastIdentifier += 1
        return lastIdentifier
    }
}

/// One line for the user that isn't worth a dialog.
public struct Notice: Sendable, Equatable {
    public enum Kind: Sendable, Equatable {
        case information, success, warning, failure
    }

    public var kind: Kind
    public var text: String
}

/// What can lie over the panes, with its own state.
public enum Dialog: Sendable, Equatable {
    case models(ModelPicker)
    case parameters(ParametersForm)
    case systemPrompt(TextEditor)
    case help(HelpPage)
    case palette(CommandPalette)
}
