/// Names one pane for as long as it is there, wherever it stands.
public struct PaneID: Sendable, Equatable, Hashable {
    public let number: Int

    public init(_ number: Int) { self.number = number }
}

/// Names one answer of one pane. Numbers are never used twice, so events of an old run can't be taken for a new one's.
public struct RunID: Sendable, Equatable, Hashable {
    public let number: Int

    public init(_ number: Int) { self.number = number }
}

/// Names one attempt to open a model in a pane.
public struct LoadID: Sendable, Equatable, Hashable {
    public let number: Int

    public init(_ number: Int) { self.number = number }
}
