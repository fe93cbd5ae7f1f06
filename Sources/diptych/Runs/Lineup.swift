import Chat
import ModelLibrary

/// The models that a command compares, in the order of their panes.
struct Lineup: Sendable {
    struct Entry: Sendable {
        /// Nobody's where there is only one model, and of those between the smallest and the largest.
        var role: PaneRole?
        var model: ModelChoice
    }

    var entries: [Entry]

    /// Models named without roles: the smallest file is the small one, the largest the large one.
    init(models names: [String], by resolver: ModelResolver) throws {
        let models = try names.map { try resolver.resolve($0) }
        let roles = Self.roles(bySize: models.map(\.size))
        entries = zip(roles, models).map { Entry(role: $0, model: $1) }
    }

    /// A pair; the catalog's default takes the place of a model that isn't named.
    init(_ pair: PairArguments, by resolver: ModelResolver) throws {
        let library = resolver.library
        entries = [
            Entry(role: .small, model: try resolver.resolve(pair.small ?? library.defaultModel(of: .small))),
            Entry(role: .large, model: try resolver.resolve(pair.large ?? library.defaultModel(of: .large))),
        ]
    }

    /// Who is small and who is large among files of these sizes; nobody is where all have the same.
    static func roles(bySize sizes: [Int]) -> [PaneRole?] {
        let order = sizes.indices.sorted { (sizes[$0], $0) < (sizes[$1], $1) }
        guard let smallest = order.first, let largest = order.last, sizes[smallest] < sizes[largest] else {
            return sizes.map { _ in nil }
        }
        return sizes.indices.map { $0 == smallest ? .small : $0 == largest ? .large : nil }
    }

}
