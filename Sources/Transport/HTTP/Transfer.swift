import CCurl
import Foundation

/// One libcurl transfer: its settings, its callbacks and what they report back.
final class Transfer {
    private let connection: HTTPConnection
    private let cancellation: Cancellation
    private let patience: ((HTTPTimings) -> Patience)?
    private let progress: (HTTPTimings) -> Void
    private let begin: (HTTPResponse) throws -> Void
    private let receive: (UnsafeRawBufferPointer) throws -> Void
    private let start = ContinuousClock.now
    private var headers: [String: String] = [:]
    private var hasBegun = false
    /// What a callback threw: C can't carry it, so it waits here.
    private var failure: (any Error)?
    private var timings = HTTPTimings()
    /// Bytes of the body that have been written, and when the last of them was.
    private var uploaded = 0
    private var sent: Duration?
    private var bodyCount = 0

    private var curl: UnsafeMutableRawPointer { connection.curl }

    init(
        connection: HTTPConnection, cancellation: Cancellation, patience: ((HTTPTimings) -> Patience)?,
        progress: @escaping (HTTPTimings) -> Void, begin: @escaping (HTTPResponse) throws -> Void,
        receive: @escaping (UnsafeRawBufferPointer) throws -> Void
    ) {
        self.connection = connection
        self.cancellation = cancellation
        self.patience = patience
        self.progress = progress
        self.begin = begin
        self.receive = receive
    }

    func perform(_ request: HTTPRequest, client: HTTPClient) throws {
        try cancellation.check()
        var list: UnsafeMutablePointer<curl_slist>?
        defer { ccurl_free_list(list) }
        // No server here needs to be asked whether it wants the body.
        for header in request.headers + (request.body == nil ? [] : [("Expect", "")]) {
            list = ccurl_append(list, "\(header.name): \(header.value)".trimmingSuffix(" ")) ?? list
        }
        let message = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
        message.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        defer {
            ccurl_set_error_buffer(curl, nil)
            message.deallocate()
        }
        let body = request.body ?? []
        bodyCount = body.count
        let result: CURLcode = try body.withUnsafeBytes { bytes in
            var settings =
                settings(of: request, client: client) + [
                    ccurl_set_headers(curl, list), ccurl_set_error_buffer(curl, message), setCallbacks(),
                ]
            if request.body != nil { settings.append(ccurl_set_post(curl, bytes.baseAddress, bytes.count)) }
            if let refused = settings.first(where: { $0 != CURLE_OK }) {
                throw TransportError(
                    .unexpected, host: request.host, detail: "libcurl: \(String(cString: ccurl_error_text(refused)))")
            }
            return try withExtendedLifetime(self) { try drive(request) }
        }
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

    private func settings(of request: HTTPRequest, client: HTTPClient) -> [CURLcode] {
        let isSecure = request.url.lowercased().hasPrefix("https:")
        let follows = request.redirects == .follow
        return [
            ccurl_set_string(curl, CURLOPT_URL, request.url),
            ccurl_set_string(curl, CURLOPT_PROTOCOLS_STR, "http,https"),
            ccurl_set_string(curl, CURLOPT_REDIR_PROTOCOLS_STR, isSecure ? "https" : "http,https"),
            ccurl_set_string(curl, CURLOPT_USERAGENT, "diptych"),
            ccurl_set_long(curl, CURLOPT_FOLLOWLOCATION, follows ? 1 : 0),
            ccurl_set_long(curl, CURLOPT_MAXREDIRS, 10),
            ccurl_set_long(curl, CURLOPT_CONNECTTIMEOUT_MS, Int(client.connectTimeout * 1000)),
            ccurl_set_long(curl, CURLOPT_LOW_SPEED_LIMIT, patience == nil ? client.slowestRate : 0),
            ccurl_set_long(curl, CURLOPT_LOW_SPEED_TIME, max(1, Int(client.stallTimeout.rounded(.up)))),
            ccurl_set_long(curl, CURLOPT_TCP_KEEPALIVE, 1),
            // Signals are the program's, not a library's, and this isn't the main thread.
            ccurl_set_long(curl, CURLOPT_NOSIGNAL, 1),
            ccurl_set_long(curl, CURLOPT_BUFFERSIZE, 256 << 10),
            client.certificateFile.map { ccurl_set_string(curl, CURLOPT_CAINFO, $0) } ?? CURLE_OK,
            Origin(request.url)?.isThisMachine == true ? ccurl_set_string(curl, CURLOPT_NOPROXY, "*") : CURLE_OK,
        ]
    }

    /// Does the transfer, waiting where there is nothing to do.
    private func drive(_ request: HTTPRequest) throws -> CURLcode {
        let multi = connection.multi
        try check(ccurl_multi_add(multi, curl), request)
        defer { ccurl_multi_remove(multi, curl) }
        return try cancellation.waking(
            by: { [connection] in ccurl_multi_wakeup(connection.multi) }, from: { try loop(request) })
    }

    private func loop(_ request: HTTPRequest) throws -> CURLcode {
        let multi = connection.multi
        var running: Int32 = 1
        while true {
            try check(ccurl_multi_perform(multi, &running), request)
            reportProgress()
            try cancellation.check()
            if let failure { throw failure }
            let result = ccurl_multi_result(multi)
            if result >= 0 { return CURLcode(UInt32(result)) }
            let seconds = try secondsLeft(request)
            try check(ccurl_multi_poll(multi, Int32(min(1000, seconds * 1000 + 1))), request)
        }
    }

    /// Seconds to wait at most before looking again.
    /// - Throws: ``TransportError`` when there are none left.
    private func secondsLeft(_ request: HTTPRequest) throws -> Double {
        guard let patience, sent != nil || timings.reusedConnection || timings.connected != nil else { return 1 }
        let left = patience(timings)
        guard left.seconds > 0 else {
            throw TransportError(.timedOut, host: request.host, detail: left.complaint)
        }
        return left.seconds
    }

    private func check(_ code: CURLMcode, _ request: HTTPRequest) throws {
        guard code != CURLM_OK else { return }
        throw TransportError(
            .unexpected, host: request.host, detail: "libcurl: \(String(cString: ccurl_multi_error_text(code)))")
    }

    private func reportProgress() {
        if sent == nil, ccurl_time(curl, CURLINFO_PRETRANSFER_TIME_T) > 0, uploaded >= bodyCount {
            sent = ContinuousClock.now - start
        }
        let now = HTTPTimings(curl, sent: sent)
        guard now != timings else { return }
        timings = now
        progress(now)
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
                curl,
                { context, _, _, _, uploaded in
                    Transfer.from(context)?.uploaded = Int(uploaded)
                    return 0
                },
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
            if !hasBegun {
                // The clock of the first byte is told before the byte.
                reportProgress()
                try begin(response)
            }
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
        HTTPResponse(
            status: ccurl_response_code(curl), headers: headers,
            redirect: (300..<400).contains(ccurl_response_code(curl)) ? headers["location"] : nil)
    }

    private static func cause(of code: CURLcode) -> TransportError.Cause {
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: .hostNotFound
        case CURLE_COULDNT_CONNECT, CURLE_PROXY: .noConnection
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

extension String {
    /// The text without one of these at its end: a header with no value is written without a space.
    fileprivate func trimmingSuffix(_ suffix: String) -> String {
        hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
    }
}
