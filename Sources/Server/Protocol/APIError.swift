/// Why a request isn't answered, in the protocol's shape: `{"error":{"message","type","param","code"}}`.
struct APIError: Error, Sendable, Equatable {
    var status: HTTPStatus
    var type: String
    /// What was expected, what was found, and what to do, in one line.
    var message: String
    /// The member of the request that is wrong.
    var param: String?
    /// What a program may go by.
    var code: String?
    /// Fields that the response carries beside.
    var fields: HTTPFields = [:]

    init(
        _ status: HTTPStatus, _ message: String, type: String = "invalid_request_error", param: String? = nil,
        code: String? = nil, fields: HTTPFields = [:]
    ) {
        self.status = status
        self.type = type
        self.message = message
        self.param = param
        self.code = code
        self.fields = fields
    }

    /// The request itself is wrong.
    static func invalid(_ message: String, param: String? = nil, code: String? = nil) -> APIError {
        APIError(.badRequest, message, param: param, code: code)
    }

    /// The protocol has it, this server hasn't.
    static func unsupported(_ message: String, param: String) -> APIError {
        APIError(.badRequest, message, param: param, code: "unsupported")
    }

    static func tooLong(tokens: Int, limit: Int) -> APIError {
        .invalid(
            "This model's context holds \(limit) tokens, the prompt has \(tokens) and needs one for the answer; shorten "
                + "the prompt, or serve the model with a longer --context.",
            code: "context_length_exceeded")
    }

    static let shuttingDown = APIError(
        .unavailable, "The server is shutting down.", type: "server_error", code: "shutting_down",
        fields: ["Retry-After": "5"])

    static let failed = APIError(
        .internalServerError, "The server failed to answer; its log says why.", type: "server_error",
        code: "internal_error")
}

extension APIError {
    init(_ fault: HTTPFault) {
        switch fault {
        case .malformed(let reason):
            self.init(.badRequest, "This is no HTTP request: \(reason).", code: "malformed_request")
        case .headTooLarge(let limit):
            self.init(
                .fieldsTooLarge, "The request's fields have more than \(limit) bytes.", code: "fields_too_large")
        case .bodyTooLarge(let limit):
            self.init(.contentTooLarge, "The request's body has more than \(limit) bytes.", code: "body_too_large")
        case .unsupported(let reason):
            self.init(.notImplemented, "Unsupported: \(reason).", code: "unsupported")
        case .tooSlow:
            self.init(.requestTimeout, "The rest of the request didn't come in time.", code: "timeout")
        case .tooMany:
            self.init(
                .unavailable, "As many clients are connected as may be; try again later.", type: "server_error",
                code: "too_many_connections", fields: ["Retry-After": "5"])
        }
    }

    /// The response that says it.
    var response: HTTPResponse {
        var response = HTTPResponse(json: ErrorDocument(self))
        response.status = status
        for field in fields.all { response.fields.append(field.value, for: field.name) }
        return response
    }
}

/// The protocol's shape of an error.
struct ErrorDocument: Encodable {
    struct Details: Encodable {
        var message: String
        var type: String
        var param: Nullable<String>
        var code: Nullable<String>
    }

    var error: Details

    init(_ error: APIError) {
        self.error = Details(
            message: error.message, type: error.type, param: Nullable(error.param), code: Nullable(error.code))
    }
}
