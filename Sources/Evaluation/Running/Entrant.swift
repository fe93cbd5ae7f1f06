/// Something that takes part in a run: what is known of it, and how to open it. It is only opened if there is something left
/// to do for it.
public struct Entrant: Sendable {
    public var profile: SolverProfile
    /// "small", "large", or empty.
    public var role: String
    public var open: @Sendable () async throws -> any Solver

    public init(_ profile: SolverProfile, role: String = "", open: @escaping @Sendable () async throws -> any Solver) {
        self.profile = profile
        self.role = role
        self.open = open
    }

    /// One that is open already.
    public init(_ solver: any Solver, role: String = "") {
        self.init(solver.profile, role: role) { solver }
    }
}
