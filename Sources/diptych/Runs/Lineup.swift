import Chat
import Foundation
import ModelLibrary

/// The models that a command compares, in the order of their panes.
struct Lineup: Sendable {
    struct Entry: Sendable {
        var role: PaneRole?
        var model: ResolvedModel
    }

    var entries: [Entry]

    init(small: ResolvedModel, large: ResolvedModel) {
        entries = [Entry(role: .small, model: small), Entry(role: .large, model: large)]
    }

    /// Models named without roles: the smallest file is the small one, the largest the large one.
    init(_ names: [String]) throws {
        let models = try names.map { try ModelLibrary.resolve($0) }
        let sizes = models.map { Self.fileSize($0.path) }
        let roles = Self.roles(bySize: sizes)
        entries = zip(roles, models).map { Entry(role: $0, model: $1) }
    }

    /// Who is small and who is large among models of these sizes: nobody where there is only one model, and the first
    /// of equals is the small one.
    static func roles(bySize sizes: [Int]) -> [PaneRole?] {
        let order = sizes.indices.sorted { (sizes[$0], $0) < (sizes[$1], $1) }
        guard let smallest = order.first, let largest = order.last, smallest != largest else {
            return sizes.map { _ in nil }
        }
        return sizes.indices.map { $0 == smallest ? .small : $0 == largest ? .large : nil }
    }

    private static func fileSize(_ path: String) -> Int {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return (attributes?[.size] as? NSNumber)?.intValue ?? 0
    }
}

extension PairArguments {
    /// The pair named, completed by the catalog's defaults.
    func lineup() throws -> Lineup {
        let defaults = try ModelLibrary.defaultPair()
        return Lineup(
            small: try ModelLibrary.resolve(small ?? defaults.small),
            large: try ModelLibrary.resolve(large ?? defaults.large))
    }
}
