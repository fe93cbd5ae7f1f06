/// The names that one scope knows, gathered before anything in it runs.
///
/// The rules are those of jinja2's identifier tracking.
final class TemplateSymbols {
    /// A variable: a name at a level of nesting in one function.
    struct Identifier: Hashable {
        let name: String
        let level: Int
        let function: Int
    }

    enum Load {
        case context
        case copy(Identifier)
        case missing
        case parameter
    }

    let level: Int
    let function: Int
    let parent: TemplateSymbols?
    private(set) var references: [String: Identifier] = [:]
    private(set) var loads: [Identifier: Load] = [:]
    private(set) var stores: Set<String> = []
    /// The identifiers and the stored names in the order in which they came, so that a branch's own are its last.
    private var definitions: [Identifier] = []
    private var storeOrder: [String] = []

    init(parent: TemplateSymbols?, function: Int) {
        level = parent.map { $0.level + 1 } ?? 0
        self.parent = parent
        self.function = function
    }

    private init(copying other: TemplateSymbols) {
        level = other.level
        function = other.function
        parent = other.parent
        references = other.references
        loads = other.loads
        stores = other.stores
        definitions = other.definitions
        storeOrder = other.storeOrder
    }

    /// The identifier that `name` means here.
    func identifier(of name: String) -> Identifier? {
        references[name] ?? parent?.identifier(of: name)
    }

    func load(_ name: String) {
        if identifier(of: name) == nil { define(name, .context) }
    }

    func store(_ name: String) {
        note(store: name)
        guard references[name] == nil else { return }
        let outer = parent?.identifier(of: name)
        define(name, outer.map { .copy($0) } ?? .missing)
    }

    func declareParameter(_ name: String) {
        note(store: name)
        define(name, .parameter)
    }

    private func define(_ name: String, _ load: Load) {
        let identifier = Identifier(name: name, level: level, function: function)
        references[name] = identifier
        loads[identifier] = load
        definitions.append(identifier)
    }

    private func note(store name: String) {
        if stores.insert(name).inserted { storeOrder.append(name) }
    }

    /// Gathers alternatives of which one runs. What only some of them set may come from outside.
    func branch(_ alternatives: [(TemplateSymbols) -> Void]) {
        let branches = alternatives.map { gather in
            let branch = TemplateSymbols(copying: self)
            gather(branch)
            return branch
        }
        let (definitionCount, storeCount) = (definitions.count, storeOrder.count)
        for branch in branches {
            for identifier in branch.definitions[definitionCount...] {
                references[identifier.name] = identifier
                loads[identifier] = branch.loads[identifier]
                definitions.append(identifier)
            }
            for name in branch.storeOrder[storeCount...] { note(store: name) }
        }
        for name in storeOrder[storeCount...] {
            guard let identifier = references[name] else { continue }
            loads[identifier] = parent?.identifier(of: name).map { .copy($0) } ?? .context
        }
    }

    /// All names that this scope and those around it set.
    var visibleStores: [String: Identifier] {
        var visible: [String: Identifier] = [:]
        var scope: TemplateSymbols? = self
        while let symbols = scope {
            for name in symbols.stores where visible[name] == nil { visible[name] = identifier(of: name) }
            scope = symbols.parent
        }
        return visible
    }
}
