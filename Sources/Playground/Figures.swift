import Chat
import Screen

/// A number with its unit, ready to be shown.
struct Figure: Equatable {
    var value: String
    var unit: String

    var text: String { unit.isEmpty ? value : "\(value) \(unit)" }

    /// A figure that isn't known.
    static let missing = Figure(value: "–", unit: "")

    /// What fits of it; a figure that doesn't fit whole loses its unit first.
    func truncated(to columns: Int) -> Figure {
        if TextWidth.columns(of: text) <= columns { return self }
        return Figure(value: TextWidth.truncate(value, to: columns), unit: "")
    }
}

/// How figures are written on the screen, number and unit apart.
enum Figures {
    static func duration(_ duration: Duration?) -> Figure {
        guard let duration else { return .missing }
        let milliseconds = Self.milliseconds(duration)
        if milliseconds < 999.5 { return Figure(value: number(milliseconds), unit: "ms") }
        let seconds = milliseconds / 1000
        if seconds < 599.5 { return Figure(value: number(seconds), unit: "s") }
        return Figure(value: number(seconds / 60), unit: "min")
    }

    static func milliseconds(_ duration: Duration) -> Double { duration.milliseconds }

    static func rate(_ tokensPerSecond: Double?) -> Figure {
        guard let tokensPerSecond, tokensPerSecond.isFinite else { return .missing }
        return Figure(value: number(tokensPerSecond), unit: "tok/s")
    }

    static func bytes(_ bytes: Int?) -> Figure {
        guard let bytes else { return .missing }
        let (value, unit) = FigureText.scaled(bytes)
        return Figure(value: unit == "B" ? String(bytes) : number(value), unit: unit)
    }

    /// A part of a whole, in the whole's unit: "1.02/1.12 GB".
    static func bytes(_ part: Int?, of whole: Int?) -> Figure {
        guard let part, let whole else { return .missing }
        let (value, unit) = FigureText.scaled(whole)
        let factor = whole > 0 ? value / Double(whole) : 0
        return Figure(value: "\(number(Double(part) * factor))/\(number(value))", unit: unit)
    }

    static func count(_ count: Int?) -> Figure {
        guard let count else { return .missing }
        return Figure(value: String(count), unit: "")
    }

    /// "118 tok", or "5 chunks" of a server that doesn't tell how many tokens they are.
    static func answerLength(of metrics: Metrics) -> Figure {
        let count = metrics.generatedTokens
        let unit = metrics.countsChunks ? (count == 1 ? "chunk" : "chunks") : "tok"
        return Figure(value: "\(count)", unit: unit)
    }

    /// "120/2048"; a part that isn't known is a dash.
    static func count(_ part: Int?, of whole: Int?) -> Figure {
        guard part != nil || whole != nil else { return .missing }
        return Figure(value: "\(count(part).value)/\(count(whole).value)", unit: "")
    }

    /// "$0.42"; "~" stands before an estimate.
    static func cost(_ cost: Cost?) -> Figure {
        guard let cost else { return .missing }
        return Figure(value: VisibleText.of(cost.text).onOneLine, unit: "")
    }

    static func tokens(_ count: Int?) -> Figure {
        guard let count else { return .missing }
        return Figure(value: String(count), unit: "tok")
    }

    /// How far something is, from 0 to 1: 100 % only when it is done.
    static func percent(_ fraction: Double) -> String { "\(Int((min(1, max(0, fraction)) * 100).rounded(.down))) %" }

    /// A share from 0 to 1, to the nearest percent.
    static func share(_ fraction: Double) -> String { "\(fixed(min(1, max(0, fraction)) * 100, places: 0)) %" }

    /// A probability: "41 %", "0.3 %", "<0.01 %".
    static func probability(_ value: Double) -> String {
        let percent = min(1, max(0, value)) * 100
        switch percent {
        case 9.95...: return "\(fixed(percent, places: 0)) %"
        case 0.095...: return "\(fixed(percent, places: 1)) %"
        case 0.01...: return "\(fixed(percent, places: 2)) %"
        default: return "<0.01 %"
        }
    }

    /// "1st", "2nd", "3rd", "4th", "11th", "21st".
    static func ordinal(_ number: Int) -> String {
        let isTeen = (11...13).contains(number % 100)
        switch number % 10 {
        case 1 where !isTeen: return "\(number)st"
        case 2 where !isTeen: return "\(number)nd"
        case 3 where !isTeen: return "\(number)rd"
        default: return "\(number)th"
        }
    }

    /// A large count in words: 134515008 is "135 M".
    static func parameters(_ count: Int) -> String {
        switch Double(count) {
        case ..<999_500: String(count)
        case ..<999.5e6: number(Double(count) / 1e6) + " M"
        case let count: number(count / 1e9) + " B"
        }
    }
}

extension Figures {
    static func number(_ value: Double) -> String { FigureText.number(value) }

    static func fixed(_ value: Double, places: Int) -> String { FigureText.fixed(value, places: places) }
}
