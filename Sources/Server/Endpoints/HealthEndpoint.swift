extension Route {
    /// `GET /health`: whether the server is at work. Needs no key.
    static let health = Route(method: "GET", path: "/health", isOpen: true) { _, service, exchange in
        let slots = service.entries.map(\.slots)
        try await exchange.send(
            HTTPResponse(
                json: Health(
                    slotsIdle: slots.reduce(0) { $0 + $1.freeCount },
                    requestsWaiting: slots.reduce(0) { $0 + $1.waitingCount })))
    }
}

private struct Health: Encodable {
    var status = "ok"
    var slotsIdle: Int
    var requestsWaiting: Int
}
