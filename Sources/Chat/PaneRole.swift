/// What a model stands for in a comparison.
public enum PaneRole: String, Sendable, Equatable, Hashable, Codable, CaseIterable {
    case small, large
}
