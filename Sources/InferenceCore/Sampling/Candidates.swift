import CKernels

/// The tokens that may come next, with their logits.
///
/// A vocabulary has up to a quarter of a million entries, so the candidates begin as the plain logits and become a
/// list only when a step narrows them. One pass over the logits finds the largest of each block; from then on only
/// the few blocks are read that hold likely tokens. Storage is kept from token to token.
struct Candidates {
    struct Candidate: Equatable {
        var id: TokenID
        var logit: Float
    }

    private var logits = UnsafeMutableBufferPointer<Float>(start: nil, count: 0)
    /// The logits as they were given, where `logits` are masked ones.
    private var unmasked: UnsafeMutableBufferPointer<Float>?
    private var masked: MaskedLogits?
    /// The largest logit of each block of the vocabulary.
    private var maxima: [Float] = []
    /// log(sum(exp(logits))); nil since a logit was changed.
    private var total: Double?
    /// What penalties changed, with the logits as they were.
    private var changed: [Candidate] = []
    /// Likeliest first, equal ones by id; nothing while all tokens are in.
    private var list: [Candidate] = []
    private var isNarrowed = false
    private var indices: [TokenID] = []
    /// `order of the logit << 32 | token`: what `list` is sorted by.
    private var keys: [UInt64] = []

    /// Begins with all tokens.
    /// - Parameters:
    ///   - logits: [vocabulary]; used until ``end()``, penalties write to it.
    ///   - entropy: gets that of the distribution, in nats, unless it is nil.
    /// - Returns: log(sum(exp(logits))).
    @discardableResult
    mutating func begin(
        _ logits: UnsafeMutableBufferPointer<Float>, entropy: UnsafeMutablePointer<Double>? = nil
    ) -> Double {
        self.logits = logits
        let blocks = (logits.count + Self.block - 1) / Self.block
        if maxima.count != blocks { maxima = [Float](repeating: 0, count: blocks) }
        let total = ck_survey(logits.baseAddress, logits.count, &maxima, entropy)
        self.total = total
        isNarrowed = false
        return total
    }

    /// Gives the logits back as they were.
    mutating func end() {
        if let unmasked { logits = unmasked }
        unmasked = nil
        for candidate in changed.reversed() { logits[Int(candidate.id)] = candidate.logit }
        changed.removeAll(keepingCapacity: true)
        logits = UnsafeMutableBufferPointer(start: nil, count: 0)
    }

    private static var block: Int { Int(CK_LOGIT_BLOCK) }
}

// MARK: What steps do

extension Candidates {
    /// Changes one token's logit. Only before the candidates are narrowed.
    mutating func penalize(_ id: TokenID, _ change: (Float) -> Float) {
        let index = Int(id)
        guard !isNarrowed, logits.indices.contains(index) else { return }
        let (old, new) = (logits[index], change(logits[index]))
        changed.append(Candidate(id: id, logit: old))
        logits[index] = new
        total = nil
        let block = index / Self.block
        if new >= maxima[block] {
            maxima[block] = new
        } else if old == maxima[block] {
            let first = block * Self.block
            maxima[block] = ck_maximum(logits.baseAddress?.advanced(by: first), min(Self.block, logits.count - first))
        }
    }

    /// Keeps tokens of a set. Only before the candidates are narrowed, and once.
    mutating func keep(_ set: TokenSet) {
        guard !isNarrowed else { return }
        switch set {
        case .few(let tokens):
            narrow(to: tokens)
        case .many(let words):
            let masked =
                self.masked.flatMap { $0.values.count == logits.count ? $0 : nil } ?? MaskedLogits(logits.count)
            ck_mask_logits(logits.baseAddress, logits.count, words, words.count, masked.values.baseAddress, &maxima)
            (self.masked, unmasked, logits, total) = (masked, logits, masked.values, nil)
        }
    }

    /// Keeps the k likeliest.
    mutating func keep(likeliest k: Int) {
        if isNarrowed {
            keep(first: k)
        } else if k < logits.count {
            narrow(likeliest: k)
        }
    }

    /// Keeps tokens whose logit is within `distance` of the largest.
    mutating func keep(within distance: Float) {
        if isNarrowed {
            guard let first = list.first else { return }
            keep(first: list.firstIndex { $0.logit < first.logit - distance } ?? list.count)
        } else {
            narrow(above: ck_maximum(maxima, maxima.count) - distance)
        }
    }

    /// Keeps the smallest number of likeliest tokens whose probabilities, among the candidates, sum to p.
    mutating func keep(probability p: Double) {
        guard p < 1 else { return }
        if isNarrowed {
            guard let first = list.first else { return }
            keep(first: count(holding: p * list.reduce(0) { $0 + weight($1, of: first.logit) }) ?? list.count)
            return
        }
        let most = ck_maximum(maxima, maxima.count)
        let whole = exponential((total ?? ck_survey(logits.baseAddress, logits.count, &maxima, nil)) - Double(most))
        // Ever more of the likeliest tokens, until they hold enough.
        var k = 256
        while true {
            narrow(likeliest: min(k, logits.count))
            if let count = count(holding: p * whole) { return keep(first: count) }
            if k >= logits.count { return }
            k *= 8
        }
    }

    private mutating func keep(first count: Int) {
        if count < list.count { list.removeLast(list.count - count) }
    }

    /// How many of the list hold this weight, relative to the first one's; nil if all of them don't.
    private func count(holding wanted: Double) -> Int? {
        guard let first = list.first else { return nil }
        var sum = 0.0
        let last = list.firstIndex { candidate in
            sum += weight(candidate, of: first.logit)
            return sum >= wanted
        }
        return last.map { $0 + 1 }
    }

    private func weight(_ candidate: Candidate, of largest: Float) -> Double {
        exponential(Double(candidate.logit) - Double(largest))
    }
}

// MARK: What is left

extension Candidates {
    /// All that are left, likeliest first; equal ones by id.
    mutating func ranked() -> [Candidate] {
        if !isNarrowed { narrow(above: -.infinity) }
        return list
    }

    /// The k likeliest tokens of the vocabulary, likeliest first; equal ones by id. Narrows nothing.
    mutating func likeliest(_ k: Int) -> [Candidate] {
        narrow(likeliest: min(k, logits.count))
        isNarrowed = false
        return list
    }

    /// The token with the largest logit, the first of equals.
    var likeliest: TokenID {
        if isNarrowed { return list.first?.id ?? 0 }
        let most = ck_maximum(maxima, maxima.count)
        guard let block = maxima.firstIndex(of: most) else { return 0 }
        let first = block * Self.block
        let last = min(first + Self.block, logits.count)
        return TokenID(logits[first..<last].firstIndex(of: most) ?? 0)
    }

    /// Draws one of those that are left: the probability of each is proportional to e^(logit / temperature).
    mutating func draw(temperature: Double, using generator: inout RandomGenerator) -> TokenID {
        guard isNarrowed else { return drawFromAll(temperature, &generator) }
        guard let first = list.first else { return 0 }
        func weight(_ candidate: Candidate) -> Double {
            exponential((Double(candidate.logit) - Double(first.logit)) / temperature)
        }
        var remaining = generator.nextUnit() * list.reduce(0) { $0 + weight($1) }
        for candidate in list {
            remaining -= weight(candidate)
            if remaining < 0 { return candidate.id }
        }
        return first.id
    }

    /// Draws a block by its weight, then a token in it, so that a whole vocabulary need not be ranked.
    private func drawFromAll(_ temperature: Double, _ generator: inout RandomGenerator) -> TokenID {
        let most = ck_maximum(maxima, maxima.count)
        let weights = [Float](unsafeUninitializedCapacity: maxima.count) { buffer, count in
            // A temperature close to zero must not make infinity times zero.
            let scale = min(Float(1 / temperature), 1e30)
            ck_weigh_blocks(logits.baseAddress, logits.count, most, scale, buffer.baseAddress)
            count = maxima.count
        }
        var remaining = generator.nextUnit() * weights.reduce(0) { $0 + Double($1) }
        guard
            let block = weights.firstIndex(where: { weight in
                remaining -= Double(weight)
                return remaining < 0
            })
        else { return likeliest }
        remaining += Double(weights[block])
        let first = block * Self.block
        // Rounding may leave a little over at the block's end: that belongs to its last token that has any weight.
        var drawn = likeliest
        for index in first..<min(first + Self.block, logits.count) {
            let weight = exponential((Double(logits[index]) - Double(most)) / temperature)
            guard weight > 0 else { continue }
            drawn = TokenID(index)
            remaining -= weight
            if remaining < 0 { break }
        }
        return drawn
    }

    /// Makes the list of the k likeliest tokens.
    private mutating func narrow(likeliest k: Int) {
        // The k-th largest of the blocks' maxima is no larger than the k-th largest logit.
        let threshold =
            k <= maxima.count
            ? ck_rank_threshold(maxima, maxima.count, k) : ck_rank_threshold(logits.baseAddress, logits.count, k)
        narrow(above: threshold)
        keep(first: k)
    }

    /// Makes the list of the tokens with at least this logit.
    private mutating func narrow(above floor: Float) {
        func find() -> Int {
            ck_at_least(logits.baseAddress, maxima, logits.count, floor, &indices, indices.count)
        }
        var found = find()
        if found > indices.count {
            indices = [TokenID](repeating: 0, count: found)
            found = find()
        }
        rank(indices[..<found])
    }

    /// Makes the list of those of the tokens whose logits are numbers.
    private mutating func narrow(to tokens: [TokenID]) {
        rank(tokens.filter { logits.indices.contains(Int($0)) && !logits[Int($0)].isNaN }[...])
    }

    private mutating func rank(_ tokens: ArraySlice<TokenID>) {
        // Plain numbers sort several times as fast as candidates do.
        keys.removeAll(keepingCapacity: true)
        for id in tokens { keys.append(UInt64(logits[Int(id)].descendingOrder) << 32 | UInt64(id)) }
        keys.sort()
        list.removeAll(keepingCapacity: true)
        for key in keys {
            let id = TokenID(truncatingIfNeeded: key)
            list.append(Candidate(id: id, logit: logits[Int(id)]))
        }
        isNarrowed = true
    }
}

/// Room for a vocabulary's logits with a mask over them.
private final class MaskedLogits {
    let values: UnsafeMutableBufferPointer<Float>

    init(_ count: Int) {
        values = .allocate(capacity: count)
        values.initialize(repeating: 0)
    }

    deinit {
        values.deallocate()
    }
}
