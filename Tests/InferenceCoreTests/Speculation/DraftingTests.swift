import Testing

@testable import InferenceCore

/// What guesses are made from.
struct PromptLookupTests {
    @Test("goes on as after the latest place with the longest run")
    func longestRun() throws {
        var lookup = PromptLookup()
        let nothing = lookup.match([1, 2, 3])
        #expect(nothing == nil)
        let tokens: [TokenID] = [1, 2, 3, 4, 9, 2, 5, 6, 1, 2, 3]
        let found = lookup.match(tokens)
        let match = try #require(found)
        #expect(match == PromptLookup.Match(place: 3, length: 3))
        #expect(PromptLookup.continuation(tokens, after: match, count: 3) == [4, 9, 2])
    }

    @Test("a run that went on in several ways says nothing")
    func divided() {
        var lookup = PromptLookup()
        let divided = lookup.match([7, 1, 8, 7, 2, 7])
        #expect(divided == nil)
        // A longer one that has always gone on alike counts.
        var longer = PromptLookup()
        let unanimous = longer.match([5, 7, 1, 6, 7, 2, 5, 7])
        #expect(unanimous == PromptLookup.Match(place: 2, length: 2))
    }

    @Test("a repetition that reaches the end goes round")
    func roundTrip() throws {
        var lookup = PromptLookup()
        let tokens: [TokenID] = [9, 1, 2, 1, 2]
        let found = lookup.match(tokens)
        let match = try #require(found)
        #expect(match.place == 3)
        #expect(PromptLookup.continuation(tokens, after: match, count: 5) == [1, 2, 1, 2, 1])
    }

    @Test("finds the same when a text grows as when it is there at once")
    func incremental() {
        let tokens = (0..<400).map { TokenID($0 * $0 % 23 + $0 % 3) }
        var growing = PromptLookup()
        for count in 1...tokens.count {
            let text = Array(tokens[..<count])
            var fresh = PromptLookup()
            let (known, new) = (growing.match(text), fresh.match(text))
            #expect(known == new)
        }
    }
}

/// How much is guessed.
struct DraftingTests {
    private func costs(_ wider: [Int: Double] = [:]) -> PassCosts {
        var costs = PassCosts(widest: 8)
        costs.record(width: 1, seconds: 1)
        for (width, seconds) in wider { costs.record(width: width, seconds: seconds) }
        return costs
    }

    private static let repeating: [TokenID] = (0..<6).flatMap { _ in [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as [TokenID] }

    @Test("wide passes that turn out to be costly are avoided")
    func width() {
        var cheap = LookupDrafter()
        let prospect = cheap.prospect(after: Self.repeating, limit: 7, costs: costs())
        #expect(prospect > 2)
        let flag = CancellationFlag()
        let long = cheap.draft(after: Self.repeating, limit: 7, costs: costs(), cancellation: flag)
        #expect(long == [1, 2, 3, 4, 5, 6, 7])
        var costly = LookupDrafter()
        let costs = costs([4: 1.2, 5: 4.5, 6: 5, 7: 6, 8: 7])
        _ = costly.prospect(after: Self.repeating, limit: 7, costs: costs)
        let short = costly.draft(after: Self.repeating, limit: 7, costs: costs, cancellation: flag)
        #expect(short == [1, 2, 3])
    }

    @Test("a lookup that keeps being wrong gives way")
    func wrongLookup() {
        var drafter = LookupDrafter()
        let flag = CancellationFlag()
        var drafts = 0
        for _ in 0..<200 {
            guard drafter.prospect(after: Self.repeating, limit: 7, costs: costs()) > 1 else { continue }
            drafts += drafter.draft(after: Self.repeating, limit: 7, costs: costs(), cancellation: flag).isEmpty ? 0 : 1
            drafter.record(accepted: 0, costs: costs())
        }
        #expect(drafts > 0)
        #expect(drafts < 60)
    }

    @Test("what wider passes cost more is kept apart from how fast the machine is just now")
    func sharedMachine() {
        var costs = costs([4: 1.5])
        #expect(abs(costs.relative(width: 4) - 1.5) < 0.01)
        // Another process takes half of the machine: every pass takes twice as long.
        for _ in 0..<40 {
            costs.record(width: 1, seconds: 2)
            costs.record(width: 4, seconds: 3)
        }
        #expect(abs((costs.single ?? 0) - 2) < 0.1)
        #expect(abs(costs.relative(width: 4) - 1.5) < 0.1)
    }

    /// Always guesses the same, at a cost.
    private struct FixedDrafter: Drafter {
        var length: Int
        var cost: Double
        func prospect(after tokens: [TokenID], limit: Int, costs: PassCosts) -> Double { 2 }
        func draft(
            after tokens: [TokenID], limit: Int, costs: PassCosts, cancellation: CancellationFlag
        ) -> [TokenID] { Array(repeating: 1, count: min(length, limit)) }
        func record(accepted: Int, costs: PassCosts) {}
    }

    /// Passes of 1 + 0.05 for each further token, in which every guess is right or none is.
    /// - Returns: tokens for each pass of one token's time.
    private func speed(_ drafter: FixedDrafter, tokens: Int, isRight: Bool) throws -> Double {
        var speculator = Speculator([drafter])
        var time = 0.0
        while speculator.report.tokens < tokens {
            let draft = try speculator.draft(after: [1], limit: 7, cancellation: CancellationFlag())
            let pass = 1 + 0.05 * Double(draft.count)
            time += pass + (draft.isEmpty ? 0 : drafter.cost)
            speculator.record(drafted: draft, accepted: isRight ? draft.count : 0, pass: .seconds(pass))
        }
        return Double(speculator.report.tokens) / time
    }

    @Test("guesses that are never right cost a twentieth at most, whatever is promised", arguments: [128, 1000])
    func loss(tokens: Int) throws {
        for (length, cost) in [(7, 1.0), (4, 1.2), (1, 0.3), (4, 0.0)] {
            #expect(try speed(FixedDrafter(length: length, cost: cost), tokens: tokens, isRight: false) > 0.95)
        }
    }

    @Test("guesses that are always right are made nearly always")
    func gain() throws {
        #expect(try speed(FixedDrafter(length: 7, cost: 2), tokens: 400, isRight: true) > 2)
    }
}
