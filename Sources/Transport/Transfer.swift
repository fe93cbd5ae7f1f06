import CCurl
import Foundation

/// One libcurl transfer: its settings, its callbacks and what they report back.
final class Transfer {
    private let curl: UnsafeMutableRawPointer
    private let cancellation: Cancellation
    private let begin: (HTTPResponse) throws -> Void
    private let receive: (UnsafeRawBufferPointer) throws -> Void
    private var headers: [String: String] = [:]
    private var hasBegun = false
    /// What a callback threw: C can't carry it, so it waits here.
    private var failure: (any Error)?

    init(
        curl: UnsafeMutableRawPointer, cancellation: Cancellation,
        begin: @escaping (HTTPResponse) throws -> Void,
        receive: @escaping (UnsafeRawBufferPointer) throws -> Void
    ) {
        self.curl = curl
        self.cancellation = cancellation
        self.begin = begin
        self.receive = receive
    }

    func perform(_ request: HTTPRequest, client: HTTPClient) throws {
        try cancellation.check()
        var list: UnsafeMutablePointer<curl_slist>?
        defer { ccurl_free_list(list) }
        for header in request.headers {
            list = ccurl_append(list, "\(header.name): \(header.value)") ?? list
        }
        let message = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
        message.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        defer { message.deallocate() }

        let isSecure = request.url.lowercased().hasPrefix("https:")
        let settings = [
            ccurl_set_string(curl, CURLOPT_URL, request.url),
            ccurl_set_string(curl, CURLOPT_PROTOCOLS_STR, "http,https"),
            ccurl_set_string(curl, CURLOPT_REDIR_PROTOCOLS_STR, isSecure ? "https" : "http,https"),
            ccurl_set_string(curl, CURLOPT_USERAGENT, "diptych"),
            ccurl_set_long(curl, CURLOPT_FOLLOWLOCATION, 1),
            ccurl_set_long(curl, CURLOPT_MAXREDIRS, 10),
            ccurl_set_long(curl, CURLOPT_CONNECTTIMEOUT_MS, Int(client.connectTimeout * 1000)),
            ccurl_set_long(curl, CURLOPT_LOW_SPEED_LIMIT, client.slowestRate),
            ccurl_set_long(curl, CURLOPT_LOW_SPEED_TIME, max(1, Int(client.stallTimeout.rounded(.up)))),
            // Signals are the program's, not a library's, and this isn't the main thread.
            ccurl_set_long(curl, CURLOPT_NOSIGNAL, 1),
            ccurl_set_long(curl, CURLOPT_BUFFERSIZE, 256 << 10),
            ccurl_set_headers(curl, list),
            ccurl_set_error_buffer(curl, message),
            client.certificateFile.map { ccurl_set_string(curl, CURLOPT_CAINFO, $0) } ?? CURLE_OK,
            setCallbacks(),
        ]
        if let refused = settings.first(where: { $0 != CURLE_OK }) {
            throw TransportError(
                .unexpected, host: request.host, detail: "libcurl: \(String(cString: ccurl_error_text(refused)))")
        }

        let result = withExtendedLifetime(self) { ccurl_perform(curl) }
        if let failure { throw failure }
        try cancellation.check()
        guard result == CURLE_OK else {
            let said = String(cString: message)
            throw TransportError(
                Self.cause(of: result), host: request.host,
                detail: said.isEmpty ? String(cString: ccurl_error_text(result)) : said)
        }
        if !hasBegun { try begin(response) }
    }

    private func setCallbacks() -> CURLcode {
        let context = Unmanaged.passUnretained(self).toOpaque()
        let codes = [
            ccurl_set_header(
                curl, { bytes, one, count, context in Transfer.from(context)?.takeHeader(bytes, one * count) ?? 0 },
                context),
            ccurl_set_body(
                curl, { bytes, one, count, context in Transfer.from(context)?.takeBody(bytes, one * count) ?? 0 },
                context),
            ccurl_set_progress(
                curl, { context, _, _, _, _ in Transfer.from(context)?.cancellation.isCancelled == false ? 0 : 1 },
                context),
        ]
        return codes.first { $0 != CURLE_OK } ?? CURLE_OK
    }

    private static func from(_ context: UnsafeMutableRawPointer?) -> Transfer? {
        context.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
    }

    private func takeHeader(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
        let line = String(decoding: UnsafeRawBufferPointer(start: bytes, count: count), as: UTF8.self)
        if line.hasPrefix("HTTP/") {
            // A redirect or an interim answer came before: only the last head counts.
            headers = [:]
        } else if let colon = line.firstIndex(of: ":") {
            let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespacesAndNewlines)
            headers[line[..<colon].lowercased()] = value
        }
        return count
    }

    private func takeBody(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
        do {
            if !hasBegun { try begin(response) }
            hasBegun = true
            try receive(UnsafeRawBufferPointer(start: bytes, count: count))
            return count
        } catch {
            failure = error
            // Anything but the count ends the transfer; even for an empty piece this differs from it.
            return count == 0 ? 1 : 0
        }
    }

    private var response: HTTPResponse {
        HTTPResponse(status: ccurl_response_code(curl), headers: headers)
    }

    private static func cause(of code: CURLcode) -> TransportError.Cause {
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: .hostNotFound
        case CURLE_COULDNT_CONNECT: .noConnection
        case CURLE_OPERATION_TIMEDOUT: .timedOut
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE,
            CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR, CURLE_USE_SSL_FAILED:
            .insecure
        case CURLE_PARTIAL_FILE, CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_GOT_NOTHING, CURLE_HTTP2,
            CURLE_HTTP2_STREAM:
            .brokenOff
        default: .unexpected
        }
    }
}
