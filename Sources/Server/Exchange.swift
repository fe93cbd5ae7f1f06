/// Where the answer to one request goes: a response in one piece, or events one after the other.
///
/// Whatever is sent may throw ``ClientGone``.
protocol Exchange: Sendable {
    /// Sends the whole response.
    func send(_ response: HTTPResponse) async throws
    /// Begins a stream of events.
    func beginEvents() async throws
    /// Sends one event, as in `data: {…}`.
    func sendEvent(_ data: [UInt8]) async throws
    /// Ends the stream.
    func endEvents() async throws
    /// Whether something was sent already.
    var hasBegun: Bool { get async }
    /// Adds to what the log says.
    func note(_ change: @Sendable (inout AccessRecord) -> Void) async
}

/// The client has left, or takes nothing any more.
struct ClientGone: Error {}
