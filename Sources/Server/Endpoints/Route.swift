/// One kind of request that the server answers.
struct Route: Sendable {
    var method: String
    /// Without the version. A "*" at the end takes the rest of the path.
    var path: String
    /// Whether those without the key may ask, too.
    var isOpen = false
    var answer: @Sendable (HTTPRequest, Service, any Exchange) async throws -> Void

    /// Every request that is answered.
    static let all: [Route] = [.health, .models, .model, .chatCompletions, .completions, .embeddings]

    /// The route of a request.
    /// - Throws: ``APIError`` for an unknown path, or a method that the path doesn't have.
    static func find(_ request: HTTPRequest) throws(APIError) -> Route {
        let path = path(of: request)
        let routes = all.filter { $0.matches(path) }
        if let route = routes.first(where: { $0.method == request.method }) { return route }
        guard !routes.isEmpty else {
            let known = all.map { "\($0.method) /v1\($0.path)" }.joined(separator: ", ")
            throw APIError(
                .notFound, "There is nothing at this path; expected one of \(known).", code: "unknown_url")
        }
        let methods = routes.map(\.method).joined(separator: ", ")
        throw APIError(
            .methodNotAllowed, "This path takes \(methods) only.", code: "method_not_allowed",
            fields: ["Allow": methods])
    }

    /// The path without the version: both are understood.
    static func path(of request: HTTPRequest) -> String {
        request.path.hasPrefix("/v1/") ? String(request.path.dropFirst(3)) : request.path
    }

    private func matches(_ path: String) -> Bool {
        guard self.path.hasSuffix("*") else { return path == self.path }
        let beginning = self.path.dropLast()
        return path.hasPrefix(beginning) && path.count > beginning.count
    }
}
