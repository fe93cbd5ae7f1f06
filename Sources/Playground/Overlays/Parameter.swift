import Chat

/// One row of the parameters form.
public enum Parameter: String, Sendable, Equatable, CaseIterable {
    case temperature
    case topK = "top-k"
    case topP = "top-p"
    case minP = "min-p"
    case repetitionPenalty = "repetition penalty"
    case presencePenalty = "presence penalty"
    case frequencyPenalty = "frequency penalty"
    case seed
    case maximumTokens = "answer tokens"
    case contextLength = "context tokens"

    /// What the value does, in a few words.
    var explanation: String {
        switch self {
        case .temperature: "0 always takes the likeliest token"
        case .topK: "keep the k likeliest; 0 keeps all"
        case .topP: "keep the likeliest that sum to p"
        case .minP: "drop those below p of the likeliest"
        case .repetitionPenalty: "1 is off"
        case .presencePenalty, .frequencyPenalty: "0 is off"
        case .seed: "the same seed, the same text"
        case .maximumTokens: "empty: until the context is full"
        case .contextLength: "empty: default; loads models anew"
        }
    }

    /// What ``text(in:)`` may be, for people.
    var expected: String {
        switch self {
        case .temperature: "a number from 0 to 5"
        case .topK: "a whole number from 0 to 1000000"
        case .topP: "a number above 0, up to 1"
        case .minP: "a number from 0 to 1"
        case .repetitionPenalty: "a number from 0.1 to 10"
        case .presencePenalty, .frequencyPenalty: "a number from -10 to 10"
        case .seed: "a whole number from 0 to \(UInt64.max)"
        case .maximumTokens: "a whole number above 0, or none"
        case .contextLength: "a whole number from 16, or none"
        }
    }

    /// The value as text.
    func text(in settings: PaneSettings) -> String {
        let sampling = settings.sampling
        return switch self {
        case .temperature: Self.text(sampling.temperature)
        case .topK: String(sampling.topK)
        case .topP: Self.text(sampling.topP)
        case .minP: Self.text(sampling.minP)
        case .repetitionPenalty: Self.text(sampling.repetitionPenalty)
        case .presencePenalty: Self.text(sampling.presencePenalty)
        case .frequencyPenalty: Self.text(sampling.frequencyPenalty)
        case .seed: String(sampling.seed)
        case .maximumTokens: settings.maximumTokens.map { String($0) } ?? ""
        case .contextLength: settings.contextLength.map { String($0) } ?? ""
        }
    }

    /// Puts a value in.
    /// - Returns: whether the text was a value that ``expected`` describes; if not, nothing has changed.
    func set(_ text: String, in settings: inout PaneSettings) -> Bool {
        switch self {
        case .temperature: Self.set(&settings.sampling.temperature, text, 0...5)
        case .topK: Self.set(&settings.sampling.topK, Int(text), 0...1_000_000)
        case .topP: Self.set(&settings.sampling.topP, text, Double.leastNonzeroMagnitude...1)
        case .minP: Self.set(&settings.sampling.minP, text, 0...1)
        case .repetitionPenalty: Self.set(&settings.sampling.repetitionPenalty, text, 0.1...10)
        case .presencePenalty: Self.set(&settings.sampling.presencePenalty, text, -10...10)
        case .frequencyPenalty: Self.set(&settings.sampling.frequencyPenalty, text, -10...10)
        case .seed: Self.set(&settings.sampling.seed, UInt64(text), 0...UInt64.max)
        case .maximumTokens: Self.set(&settings.maximumTokens, text, 1...Int.max)
        case .contextLength: Self.set(&settings.contextLength, text, 16...Int.max)
        }
    }

    /// The value one step up or down, as text; the nearest one that is allowed.
    func stepped(_ text: String, by direction: Int) -> String {
        switch self {
        case .topK: Self.step(text, by: direction, in: 0...1_000_000)
        case .seed: Self.step(text, by: direction, in: 0...Int.max)
        case .maximumTokens: Self.step(text, by: direction * 16, in: 1...Int.max, from: 240)
        case .contextLength: Self.step(text, by: direction * 256, in: 16...Int.max, from: 2048)
        case .temperature: Self.stepTwentieths(text, by: direction, in: 0...100)
        case .topP: Self.stepTwentieths(text, by: direction, in: 1...20)
        case .minP: Self.stepTwentieths(text, by: direction, in: 0...20)
        case .repetitionPenalty: Self.stepTwentieths(text, by: direction, in: 2...200)
        case .presencePenalty, .frequencyPenalty: Self.stepTwentieths(text, by: direction, in: -200...200)
        }
    }
}

extension Parameter {
    private static func text(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e6 ? String(Int(value)) : String(value)
    }

    private static func set<Value: Comparable>(
        _ target: inout Value, _ value: Value?, _ range: ClosedRange<Value>
    ) -> Bool {
        guard let value, range.contains(value) else { return false }
        target = value
        return true
    }

    private static func set(_ target: inout Double, _ text: String, _ range: ClosedRange<Double>) -> Bool {
        set(&target, Double(text), range)
    }

    private static func set(_ target: inout Int?, _ text: String, _ range: ClosedRange<Int>) -> Bool {
        guard !text.isEmpty else {
            target = nil
            return true
        }
        guard let value = Int(text), range.contains(value) else { return false }
        target = value
        return true
    }

    private static func step(_ text: String, by step: Int, in range: ClosedRange<Int>, from start: Int = 0) -> String {
        let (sum, overflow) = (Int(text) ?? start).addingReportingOverflow(step)
        return String(overflow ? range.upperBound : min(max(range.lowerBound, sum), range.upperBound))
    }

    /// Steps of 0.05, which whole numbers count exactly.
    private static func stepTwentieths(_ text: String, by step: Int, in range: ClosedRange<Int>) -> String {
        let bounds = Double(range.lowerBound)...Double(range.upperBound)
        let value = ((Double(text) ?? 0) * 20).rounded()
        guard value.isFinite else { return text }
        let count = Int(min(max(bounds.lowerBound, value), bounds.upperBound)) + step
        return Self.text(Double(min(max(range.lowerBound, count), range.upperBound) * 5) / 100)
    }
}
