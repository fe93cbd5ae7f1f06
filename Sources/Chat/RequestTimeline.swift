/// How a request to a server travelled: when each step was done, by the clock of this side that starts with the request.
/// A step that wasn't needed, or isn't done yet, is nil.
public struct RequestTimeline: Sendable, Equatable {
    /// A step between two moments of a request's way.
    public enum Step: String, Sendable, Equatable, Codable, CaseIterable {
        /// Earlier attempts that the server turned away, and the pauses after them.
        case waiting
        /// The host's name was looked up.
        case nameLookup = "name_lookup"
        /// The connection was made.
        case connect
        /// TLS was agreed on.
        case secure
        /// The request was written.
        case send
        /// From the request's last byte to the answer's first.
        case firstByte = "first_byte"
        /// From the answer's first byte to its first token.
        case firstToken = "first_token"
    }

    /// A step with its length.
    public struct Phase: Sendable, Equatable {
        public var step: Step
        /// When it began.
        public var from: Duration
        public var duration: Duration
    }

    /// How often the request was sent, the last time included.
    public var attempts = 1
    /// When the last attempt began.
    public var started = Duration.zero
    public var lookedUp: Duration?
    public var connected: Duration?
    public var secured: Duration?
    public var sent: Duration?
    public var firstByte: Duration?
    public var firstToken: Duration?
    /// Whether a connection that was open already carried the request; then there is no lookup, connect and TLS.
    public var reusedConnection = false
    /// "HTTP/1.1", "HTTP/2"; nil before there is an answer.
    public var httpVersion: String?

    public init() {}

    /// The steps that are done, in order, without gaps between them.
    public var phases: [Phase] {
        let ends: [(Step, Duration?)] = [
            (.waiting, started > .zero ? started : nil), (.nameLookup, lookedUp), (.connect, connected),
            (.secure, secured), (.send, sent), (.firstByte, firstByte), (.firstToken, firstToken),
        ]
        var phases: [Phase] = []
        var now = Duration.zero
        for case (let step, let end?) in ends {
            phases.append(Phase(step: step, from: now, duration: max(.zero, end - now)))
            now = max(now, end)
        }
        return phases
    }

    /// How long some steps took together; nil where none of them was done.
    public func duration(of steps: Set<Step>) -> Duration? {
        let done = phases.filter { steps.contains($0.step) }
        return done.isEmpty ? nil : done.reduce(.zero) { $0 + $1.duration }
    }

    /// What the request waits for; nil once the first token is there. Between two attempts, when it was turned away and
    /// the next one hasn't begun, that is ``Step/waiting``.
    public var awaited: Step? {
        if attempts > 1, started == .zero { return .waiting }
        if firstToken != nil { return nil }
        if firstByte != nil { return .firstToken }
        if sent != nil { return .firstByte }
        if connected != nil || reusedConnection { return .send }
        return lookedUp != nil ? .connect : .nameLookup
    }
}

extension RequestTimeline.Step {
    /// What the step is called on screens and in tables.
    public var title: String {
        switch self {
        case .waiting: "turned away, waiting"
        case .nameLookup: "name lookup"
        case .connect: "connect"
        case .secure: "TLS"
        case .send: "send"
        case .firstByte: "sent to first byte"
        case .firstToken: "first byte to token"
        }
    }
}
