import Chat
import Screen

/// How the time to the first token of an answer from a server divides, and the bars that show it. Pure geometry; all
/// moments are by the clock of this side.
struct Waterfall: Equatable {
    enum Part: Equatable, CaseIterable {
        /// Attempts that the server turned away, and the pauses after them.
        case turnedAway
        /// Lookup, connection, TLS, and the request itself.
        case network
        /// From the request's last byte to the answer's first.
        case wait
        /// From the answer's first byte to its first token.
        case firstToken
    }

    struct Stretch: Equatable {
        var part: Part
        var from: Duration
        var duration: Duration
    }

    /// Those that are over, in order, without gaps between them.
    let stretches: [Stretch]
    let reusedConnection: Bool

    init(_ timeline: RequestTimeline) {
        reusedConnection = timeline.reusedConnection
        var stretches: [Stretch] = []
        for phase in timeline.phases {
            let part = Part(phase.step)
            if stretches.last?.part == part {
                stretches[stretches.count - 1].duration += phase.duration
            } else {
                stretches.append(Stretch(part: part, from: phase.from, duration: phase.duration))
            }
        }
        self.stretches = stretches
    }

    /// Nil where a part isn't over, or wasn't needed.
    func duration(of part: Part) -> Duration? { stretches.first { $0.part == part }?.duration }

    /// From the start of the clock to the end of what is over.
    var total: Duration { stretches.last.map { $0.from + $0.duration } ?? .zero }

    /// How many columns each stretch gets of so many: in proportion, but one at least for whatever took any time.
    func columns(of columns: Int) -> [Int] {
        let seconds = stretches.map { max(0, $0.duration / .seconds(1)) }
        let sum = seconds.reduce(0, +)
        guard sum > 0, columns >= stretches.count else { return stretches.map { _ in 0 } }
        var ends = 0.0
        var used = 0
        var widths = seconds.map { share in
            ends += share / sum * Double(columns)
            let width = max(share > 0 ? 1 : 0, Int(ends.rounded()) - used)
            used += width
            return width
        }
        if let longest = widths.indices.max(by: { widths[$0] < widths[$1] }) {
            widths[longest] = max(1, widths[longest] + columns - used)
        }
        return widths
    }

    /// A bar that stands where its stretch lies in a whole: blanks, then blocks that end within an eighth of a column.
    static func bar(from: Duration, duration: Duration, of total: Duration, columns: Int) -> (blanks: Int, bar: String)
    {
        guard total > .zero, columns > 0 else { return (0, "") }
        func eighths(_ time: Duration) -> Int {
            Int((min(1, max(0, time / total)) * Double(columns * 8)).rounded())
        }
        let blanks = min(columns - 1, eighths(from) / 8)
        let length = eighths(from + duration) - blanks * 8
        return (blanks, BlockBar.text(eighths: max(duration > .zero ? 1 : 0, length)))
    }
}

extension Waterfall.Part {
    init(_ step: RequestTimeline.Step) {
        switch step {
        case .waiting: self = .turnedAway
        case .nameLookup, .connect, .secure, .send: self = .network
        case .firstByte: self = .wait
        case .firstToken: self = .firstToken
        }
    }

    /// What it is called where there is little room.
    var shortTitle: String {
        switch self {
        case .turnedAway: "away"
        case .network: "net"
        case .wait: "wait"
        case .firstToken: "token"
        }
    }

    /// Parts differ in their shade too, for terminals without colours.
    var shade: Character {
        switch self {
        case .turnedAway: "▓"
        case .network: "░"
        case .wait: "█"
        case .firstToken: "▒"
        }
    }

    var role: Role {
        switch self {
        case .turnedAway: .stall
        case .network: .muted
        case .wait: .chart
        case .firstToken: .metric
        }
    }
}
