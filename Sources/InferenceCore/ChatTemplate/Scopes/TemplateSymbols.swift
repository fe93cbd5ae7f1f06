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
    }

    /// The identifier that `name` means here.
    func identifier(of name: String) -> Identifier? {
        references[name] ?? parent?.identifier(of: name)
    }

    func load(_ name: String) {
        if identifier(of: name) == nil { define(name, .context) }
    }

    func store(_ name: String) {
        stores.insert(name)
        guard references[name] == nil else { return }
        let outer = parent?.identifier(of: name)
        define(name, outer.map { .copy($0) } ?? .missing)
    }

    func declareParameter(_ name: String) {
        stores.insert(name)
        define(name, .parameter)
    }

    private func define(_ name: String, _ load: Load) {
        let identifier = Identifier(name: name, level: level, function: function)
        references[name] = identifier
        loads[identifier] = load
    }

    /// Gathers alternatives of which one runs. What only some of them set may come from outside.
    func branch(_ alternatives: [(TemplateSymbols) -> Void]) {
        let branches = alternatives.map { gather in
            let branch = TemplateSymbols(copying: self)
            gather(branch)
            return branch
        }
        let added = branches.reduce(into: Set<String>()) { $0.formUnion($1.stores) }.subtracting(stores)
        for branch in branches {
            references.merge(branch.references) { $1 }
            loads.merge(branch.loads) { $1 }
            stores.formUnion(branch.stores)
        }
        for name in added {
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
