import Chat
import Evaluation

/// Asks a small solver first, and the next larger one only where it isn't sure, after Chen, Zaharia and Zou, "FrugalGPT"
/// (2023), section 3, with the solver's own probabilities as the score of an answer.
public struct CascadeClassifier: Solver {
    public struct Stage: Sendable {
        public var solver: any Solver
        /// When its answer stands; nobody asks that of the last stage.
        public var rule: CascadeRule

        public init(_ solver: any Solver, rule: CascadeRule) {
            self.solver = solver
            self.rule = rule
        }
    }

    public let profile: SolverProfile
    private let stages: [Stage]
    private let last: any Solver

    /// - Parameters:
    ///   - stages: the first is asked first.
    ///   - last: is asked where none of them was sure.
    ///   - name: to show.
    public init(_ stages: [Stage], last: any Solver, name: String) {
        self.stages = stages
        self.last = last
        let profiles = stages.map(\.solver.profile) + [last.profile]
        profile = Self.profile(of: profiles, rules: stages.map(\.rule), name: name)
    }

    /// What is known of a cascade of solvers that needn't be open.
    /// - Parameter rules: of all but the last one.
    public static func profile(of profiles: [SolverProfile], rules: [CascadeRule], name: String) -> SolverProfile {
        var fingerprint = Fingerprint("cascade")
        for profile in profiles { fingerprint.add(profile.fingerprint) }
        for rule in rules { fingerprint.add("\(rule.measure.rawValue) \(rule.threshold)") }
        let sizes = profiles.compactMap(\.bytes)
        return SolverProfile(
            name: name, kind: .cascade, bytes: sizes.count == profiles.count ? sizes.reduce(0, +) : nil,
            fingerprint: fingerprint.text, price: profiles.commonPrice)
    }

    public func prepare() async throws {
        for stage in stages { try await stage.solver.prepare() }
        try await last.prepare()
    }

    public func solve(_ example: Example) async throws -> Solution {
        var asked: [(outcome: Outcome, profile: SolverProfile)] = []
        var refusal: (any Error)?
        let clock = ContinuousClock()
        for (solver, rule) in stages.map({ ($0.solver, Optional($0.rule)) }) + [(last, nil)] {
            let start = clock.now
            do {
                let solution = try await solver.solve(example)
                asked.append((Outcome(solution: solution, seconds: (clock.now - start).inSeconds), solver.profile))
                if rule?.accepts(solution) ?? true { break }
            } catch let error as any RefusingError where error.refusal != nil {
                // The next one may take it; after the last one, an earlier answer stands.
                asked.append((Outcome(failure: "\(error)", seconds: (clock.now - start).inSeconds), solver.profile))
                refusal = error
            }
        }
        let outcome = Outcome.cascade(asked, currency: profile.price?.currency)
        guard let solution = outcome.solution else { throw refusal ?? CancellationError() }
        return solution
    }

    public func memoryUse() -> Int? {
        let uses = stages.map { $0.solver.memoryUse() } + [last.memoryUse()]
        return uses.contains { $0 == nil } ? nil : uses.compactMap { $0 }.reduce(0, +)
    }
}
