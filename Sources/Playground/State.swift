import Chat
import Screen

/// All that the playground knows. ``update(_:)`` changes it, ``render(_:)`` shows it.
public struct State: Sendable, Equatable {
    /// What keys act on while no dialog is open.
    public enum Focus: Sendable, Equatable, Hashable {
        case prompt
        /// The pane with this index.
        case pane(Int)
        /// The question which of two hidden answers is better.
        case vote
    }

    /// How many panes there may be.
    static let mostPanes = 4

    public internal(set) var size: Size
    /// Never empty.
    public internal(set) var panes: [Pane]
    public internal(set) var prompt = PromptEditor()
    /// What could end the command that is being typed.
    var completion = Completion()
    public internal(set) var focus = Focus.prompt
    /// The dialog that lies over the panes.
    public internal(set) var dialog: Dialog?
    /// The token that is looked at.
    public internal(set) var inspector: Inspector?
    /// The pane that has the screen to itself.
    public internal(set) var zoomed: PaneID?
    public internal(set) var settings: Settings
    public internal(set) var appearance: Appearance
    public internal(set) var keymap: Keymap
    public internal(set) var library = Library()
    /// What prompts there are to start from.
    public internal(set) var starters: [StarterPrompt] = []
    /// Nil unless answers are compared without their names.
    public internal(set) var blind: BlindTest?
    /// Measurements of the same prompt, under way or the latest.
    public internal(set) var repetition: Repetition?
    /// One model led through another one's answer, under way or the latest.
    public internal(set) var followAlong: FollowAlong?
    /// What the models see, by pane, as far as it was asked for.
    var renderedPrompts: [PaneID: Outcome<RenderedPrompt>] = [:]
    /// The task that is under way, or the latest one; nil before the first.
    public internal(set) var workbench: Workbench?
    /// The file that answers will be held to, once it is read.
    var awaitedRule: AwaitedRule?
    /// The rule that answers will be held to, once it is known that they can be.
    var checkedRule: CheckedRule?
    /// Whether a recording is shown, whose models answer nothing but what was recorded.
    public let isReplay: Bool
    /// The prompt to start from whose gaps are being filled in; nil for prompts of the user's own, in which braces are
    /// text.
    var fillingIn: FillingIn?
    /// The turn whose prompt is being written anew.
    public internal(set) var editedTurn: Int?
    /// Something to tell until the next key.
    public internal(set) var notice: Notice?
    /// Ctrl+C was the last key; pressed again it leaves.
    var isLeavingArmed = false
    /// Sent as soon as the playground has started.
    var initialPrompt: String?
    /// Where chance comes from, so that an update depends on nothing but the state.
    var chance: Chance
    private var lastIdentifier = 0

    /// - Parameters:
    ///   - panes: from one to four; two, the small and the large model, as a rule.
    ///   - initialPrompt: is sent once the models are loaded.
    ///   - seed: of what chance decides, such as which side a hidden answer stands on.
    public init(
        size: Size, panes: [Pane], settings: Settings = Settings(), appearance: Appearance = Appearance(),
        keymap: Keymap = .standard, initialPrompt: String? = nil, isReplay: Bool = false, seed: UInt64 = 0
    ) {
        self.size = size
        self.panes = Array(panes.prefix(Self.mostPanes))
        self.settings = settings
        self.appearance = appearance
        self.keymap = keymap
        self.initialPrompt = initialPrompt
        self.isReplay = isReplay
        chance = Chance(seed: seed)
        lastIdentifier = panes.map(\.id.number).max() ?? 0
        for index in self.panes.indices where self.panes[index].id == PaneID(0) {
            self.panes[index].id = PaneID(nextIdentifier())
        }
    }

    /// Whether any pane's backend is at work or about to be.
    public var isBusy: Bool { panes.contains { $0.turns.last?.isOpen == true } || followAlong?.isRunning == true }

    /// Whether something new can be asked now; if not, the user is told why.
    mutating func isFree() -> Bool {
        if isReplay {
            tellOfReplay()
        } else if workbench?.isRunning == true {
            tellOfTask()
        } else if isBusy {
            tell(.warning, "The answers are still coming; Esc stops them.")
        }
        return !isReplay && !isOccupied
    }

    /// Whether the models have something to do: an answer, or a task.
    var isOccupied: Bool { isBusy || workbench?.isRunning == true }

    mutating func tellOfTask() {
        tell(.warning, "A task has the models; it would be measured wrongly. /stop ends it, and it can go on later.")
    }

    mutating func tellOfReplay() {
        tell(.warning, "This is a recording: it answers what was asked then, and nothing else.")
    }

    /// A number that no pane, run or load has had.
    mutating func nextIdentifier() -> Int {
        lastIdentifier += 1
        return lastIdentifier
    }

    func index(of pane: PaneID) -> Int? { panes.firstIndex { $0.id == pane } }

    mutating func tell(_ kind: Notice.Kind, _ text: String) { notice = Notice(kind: kind, text: text) }
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
    case systemPrompt(SystemPromptForm)
    case list(ListDialog)
    case page(PageDialog)
    case fields(FieldsForm)
}
