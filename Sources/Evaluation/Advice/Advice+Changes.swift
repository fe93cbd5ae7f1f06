extension Advice {
    /// At which bounds of each measure, required or not, the answer becomes another one, the other requirements as they
    /// are: first those that ask for more, from the nearest on, then those that ask for less.
    ///
    /// An answer can only change where the bound passes an end of some candidate's interval, so those are tried, all of
    /// them, with the intervals as they are.
    static func changes(_ judging: AdviceJudging) -> [Change] {
        let isNear = judging.requirements.contains { $0.measure == .behindBest }
        let measures = Measure.allCases.filter { $0 != .behindBest || isNear }
        return measures.flatMap { measure in Bounds(measure, judging).changes }
    }

    /// The bounds of one measure.
    private struct Bounds {
        private let measure: Measure
        private let judging: AdviceJudging
        private let estimates: [Estimate?]
        /// What each candidate's other requirements come to.
        private let others: [Requirement.Standing]
        private let current: Requirement?
        /// Ends of intervals, the loosest first.
        private let ends: [Double]

        init(_ measure: Measure, _ judging: AdviceJudging) {
            self.measure = measure
            self.judging = judging
            let candidates = judging.evidence.indices
            estimates = candidates.map { judging.estimate(of: measure, for: $0) }
            others = candidates.map { candidate in
                .together(
                    zip(judging.requirements, judging.standings(of: candidate))
                        .filter { $0.0.measure != measure }.map(\.1))
            }
            current = judging.requirements.first { $0.measure == measure }
            let sorted = Set(estimates.flatMap { [$0?.lower, $0?.upper].compactMap { $0 } }).sorted()
            ends = measure.isBetterHigher ? sorted : sorted.reversed()
        }

        /// - Parameter bound: nil requires nothing.
        private func answer(at bound: Double?) -> Answer {
            Advice.answer(
                of: others.indices.map { candidate in
                    guard let bound else { return others[candidate] }
                    let own = judging.standing(
                        of: Requirement(measure, bound), estimate: estimates[candidate], for: candidate)
                    return .together([others[candidate], own])
                })
        }

        var changes: [Change] {
            let now = answer(at: current?.bound)
            return tighter(than: now) + looser(than: now)
        }

        /// Whether the second asks for as much as the first, or more.
        private func isLooser(_ one: Double, orEqualTo other: Double) -> Bool {
            measure.isBetterHigher ? one <= other : one >= other
        }

        private func tighter(than now: Answer) -> [Change] {
            let start = ends.firstIndex { end in current.map { isLooser($0.bound, orEqualTo: end) } ?? true }
            guard let start else { return [] }
            var changes: [Change] = []
            for index in start..<ends.count {
                // What holds just beyond this end holds up to the next one.
                let beyond = index + 1 < ends.count ? ends[index + 1] : Self.farBeyond(ends[index], measure)
                let answer = answer(at: beyond)
                guard answer != changes.last?.answer ?? now else { continue }
                changes.append(Change(measure: measure, bound: ends[index], isTighter: true, answer: answer))
            }
            return changes
        }

        private func looser(than now: Answer) -> [Change] {
            guard let bound = current?.bound else { return [] }
            var changes: [Change] = []
            for end in ends.reversed() where !isLooser(bound, orEqualTo: end) {
                let answer = answer(at: end)
                guard answer != changes.last?.answer ?? now else { continue }
                changes.append(Change(measure: measure, bound: end, isTighter: false, answer: answer))
            }
            return changes
        }

        private static func farBeyond(_ end: Double, _ measure: Measure) -> Double {
            let far = 1 + end.magnitude
            return measure.isBetterHigher ? end + far : end - far
        }
    }
}
