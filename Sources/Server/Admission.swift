/// Who may use the server. Pure.
struct Admission: Sendable {
    private let key: [UInt8]?
    private let allowedOrigins: [String]
    private let isLoopback: Bool

    init(_ configuration: ServerConfiguration) {
        key = configuration.key.map { Array($0.utf8) }
        allowedOrigins = configuration.allowedOrigins
        isLoopback = configuration.isLoopback
    }

    /// - Parameter needsKey: whether the path is one that only those with the key may ask for.
    /// - Throws: ``APIError`` that says what the request lacks.
    func check(_ request: HTTPRequest, needsKey: Bool) throws(APIError) {
        try checkHost(request)
        try checkOrigin(request)
        if needsKey { try checkKey(request) }
    }

    /// Fields by which a browser knows that a page may read the response.
    func originFields(for request: HTTPRequest) -> HTTPFields {
        guard let origin = request.fields["Origin"], isAllowed(origin) else { return [:] }
        return [
            "Access-Control-Allow-Origin": allowedOrigins.contains("*") ? "*" : origin,
            "Vary": "Origin",
        ]
    }

    /// The response to a browser that asks before it sends a page's request; nil where it isn't that.
    func preflight(_ request: HTTPRequest) -> HTTPResponse? {
        guard request.method == "OPTIONS", let origin = request.fields["Origin"], isAllowed(origin) else { return nil }
        return HTTPResponse(
            status: .noContent,
            fields: [
                "Access-Control-Allow-Methods": "GET, POST",
                "Access-Control-Allow-Headers": request.fields["Access-Control-Request-Headers"]
                    ?? "Authorization, Content-Type",
                "Access-Control-Max-Age": "600",
            ])
    }

    /// A page may give its own name this machine's address: then the browser lets it read what it gets, but still tells
    /// the name.
    private func checkHost(_ request: HTTPRequest) throws(APIError) {
        guard isLoopback, let host = request.fields["Host"] else { return }
        guard HostName.isLoopback(HostName.withoutPort(host)) else {
            throw APIError(
                .forbidden, "Host: expected localhost or a loopback address, found another name.",
                code: "forbidden_host")
        }
    }

    private func checkOrigin(_ request: HTTPRequest) throws(APIError) {
        guard let origin = request.fields["Origin"], !isAllowed(origin) else { return }
        throw APIError(
            .forbidden,
            "Web pages of this origin may not use the server; start it with --allow-origin to let them.",
            code: "forbidden_origin")
    }

    private func isAllowed(_ origin: String) -> Bool {
        allowedOrigins.contains("*") || allowedOrigins.contains(origin)
    }

    private func checkKey(_ request: HTTPRequest) throws(APIError) {
        guard let key else { return }
        let words = (request.fields["Authorization"] ?? "").split(separator: " ", maxSplits: 1)
        let isBearer = words.count == 2 && words[0].lowercased() == "bearer"
        let given = isBearer ? Array(words[1].utf8) : []
        guard Self.areEqual(given, key) else {
            throw APIError(
                .unauthorized,
                isBearer
                    ? "The API key is wrong." : "Expected an API key, as in \"Authorization: Bearer KEY\", found none.",
                code: "invalid_api_key", fields: ["WWW-Authenticate": "Bearer"])
        }
    }

    /// Compares in a time that depends on the given length only, and tells nothing about where both differ.
    static func areEqual(_ given: [UInt8], _ secret: [UInt8]) -> Bool {
        guard !secret.isEmpty else { return false }
        var difference = UInt8(given.count == secret.count ? 0 : 1)
        for (index, byte) in given.enumerated() { difference |= byte ^ secret[index % secret.count] }
        return difference == 0
    }
}
