/// The dialog that finds a command by its words.
public struct CommandPalette: Sendable, Equatable {
    public internal(set) var filter = ""
    /// Index of the chosen row among ``matches``.
    public internal(set) var selected = 0

    /// What the palette offers: the commands that hold everywhere, and the way out.
    static let commands: [KeyBinding] =
        Keymap.bindings.filter { binding in
            switch binding.action {
            case .help, .models, .parameters, .systemPrompt, .toggleConcurrent, .nextTheme, .newConversation,
                .toggleSpeculation, .suspend, .redraw:
                true
            default: false
            }
        }.filter { $0.context == .everywhere } + [KeyBinding(action: .exit, in: .everywhere, "leave Diptych")]

    /// The commands that contain every word of the filter.
    var matches: [KeyBinding] {
        let words = filter.lowercased().split(separator: " ")
        return Self.commands.filter { command in
            let text = (command.title + " " + (command.hint ?? "")).lowercased()
            return words.allSatisfy { text.contains($0) }
        }
    }
}

extension CommandPalette {
    mutating func type(_ character: Character) {
        guard !character.isNewline, filter.count < 40 else { return }
        filter.append(character)
        selected = 0
    }
}
