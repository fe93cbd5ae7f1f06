import Screen

/// Every key of the playground, one row a binding.
public struct Keymap: Sendable, Equatable {
    public private(set) var bindings: [KeyBinding]

    /// The keys as they are without a configuration.
    public static let standard = Keymap(bindings: everywhere + writing + reading + comparing + working + dialogs)

    /// What a key does, in the first context that knows it.
    func action(for key: Key, in contexts: [KeyContext]) -> Action? {
        for context in contexts {
            if let binding = bindings.first(where: { $0.context == context && $0.keys.contains(key) }) {
                return binding.action
            }
        }
        return nil
    }

    /// The keys of an action in one text, such as "F2, Ctrl+G".
    func keyNames(of action: Action) -> String { bindings.first { $0.action == action }?.keyNames ?? "" }

    /// The first key of an action, for hints; in a context, if one is given. Empty where it has none.
    func firstKey(of action: Action, in context: KeyContext? = nil) -> String {
        bindings.first { $0.action == action && (context == nil || $0.context == context) }?.keys.first?.name ?? ""
    }
}

extension Keymap {
    /// Gives actions other keys. A key that another action had in the same context is taken from it.
    /// - Parameter keys: for each action's name, such as "send" or "edit.wordLeft", the keys that it is to have.
    /// - Throws: ``KeymapError`` for names that no action has.
    public func remapped(_ keys: [String: [Key]]) throws(KeymapError) -> Keymap {
        var map = self
        for (name, keys) in keys.sorted(by: { $0.key < $1.key }) {
            let indices = map.bindings.indices.filter { map.bindings[$0].action.name == name }
            guard !indices.isEmpty else {
                throw KeymapError(name: name, known: Array(Set(bindings.map(\.action.name))).sorted())
            }
            let contexts = Set(indices.map { map.bindings[$0].context })
            if let key = keys.first(where: { $0.isText }), contexts.contains(where: \.takesText) {
                throw KeymapError(name: name, key: key)
            }
            for index in map.bindings.indices {
                if indices.contains(index) {
                    map.bindings[index].keys = keys
                } else if contexts.contains(map.bindings[index].context) {
                    map.bindings[index].keys.removeAll { keys.contains($0) }
                }
            }
        }
        return map
    }
}

/// A configuration names an action that isn't there.
public struct KeymapError: Error, Equatable, CustomStringConvertible {
    /// The action's.
    public let name: String
    public let description: String

    init(name: String, known: [String]) {
        self.name = name
        description = "keys.\(name): no such action; there are \(known.joined(separator: ", "))"
    }

    init(name: String, key: Key) {
        self.name = name
        description =
            "keys.\(name): expected a key that isn't text while a prompt is written, found \(key.name); choose "
            + "one with Ctrl or Alt, or a function key"
    }
}

extension Key {
    /// Whether it writes something.
    var isText: Bool { if case .character = self { true } else { false } }
}

extension KeyContext {
    /// Whether letters are text where the binding holds.
    var takesText: Bool {
        switch self {
        case .everywhere, .prompt, .completion, .editing, .form, .systemPrompt, .search: true
        case .inspector, .vote, .workbench, .list, .answer, .outsideText, .models, .page: false
        }
    }
}

extension KeyBinding {
    /// The keys in one text, such as "F2, Ctrl+G".
    var keyNames: String { keys.map(\.name).joined(separator: ", ") }
}
