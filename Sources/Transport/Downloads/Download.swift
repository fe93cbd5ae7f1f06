import Foundation

/// Fetches one file of a known size over HTTP, going on where a ``PartialFile`` ends.
///
/// A connection that breaks off is taken up again by a range request (RFC 9110, section 14) as long as bytes keep
/// arriving. A server that ignores ranges, or whose file has changed, is read from the start.
public struct Download: Sendable {
    public var request: HTTPRequest
    /// The size that the file must have.
    public var expectedBytes: Int
    /// The strong entity tag under which the first bytes arrived, or the time of the file's last change where the server
    /// gives no tag; nil if neither is known.
    public var entityTag: String?
    /// What becomes of a connection that fails; only those in a row without a single new byte are counted.
    public var retries = RetryPolicy()

    public init(request: HTTPRequest, expectedBytes: Int, entityTag: String? = nil) {
        self.request = request
        self.expectedBytes = expectedBytes
        self.entityTag = entityTag
    }

    /// What happens meanwhile.
    public enum Event: Sendable, Equatable {
        /// Bytes of this file are about to arrive, from `offset` on, under this entity tag or time of last change.
        case began(offset: Int, entityTag: String?)
        /// The file has grown to so many bytes.
        case received(bytes: Int)
        /// The connection failed; it will be tried again.
        case interrupted(TransportError)
    }

    /// Blocks until `file` has all bytes.
    ///
    /// - Throws: ``TransportError``, ``DownloadError``, ``FileError``, what `report` throws, `CancellationError`.
    ///   Whatever is thrown, what arrived before stays in `file`.
    public func run(
        into file: PartialFile, client: HTTPClient, cancellation: Cancellation,
        report: @escaping (Event) throws -> Void
    ) throws {
        var entityTag = entityTag
        var retryAfter: Double?
        var fruitless = 0
        while file.length < expectedBytes {
            let before = file.length
            retryAfter = nil
            do {
                try fetchRest(
                    into: file, entityTag: &entityTag, retryAfter: &retryAfter, client: client,
                    cancellation: cancellation, report: report)
                guard file.length < expectedBytes else { return }
                throw TransportError(.brokenOff, host: request.host, detail: "\(file.length) of \(expectedBytes) bytes")
            } catch let error as TransportError where error.isTransient {
                fruitless = file.length > before ? 1 : fruitless + 1
                guard fruitless < retries.attempts, retryAfter ?? 0 <= retries.longestPause else { throw error }
                try report(.interrupted(error))
                try cancellation.sleep(seconds: retryAfter ?? retries.firstPause * Double(1 << (fruitless - 1)))
            }
        }
    }

    /// One request for what is missing.
    private func fetchRest(
        into file: PartialFile, entityTag: inout String?, retryAfter: inout Double?, client: HTTPClient,
        cancellation: Cancellation, report: @escaping (Event) throws -> Void
    ) throws {
        let offset = file.length
        var request = request
        if offset > 0 {
            request.headers.append(("Range", "bytes=\(offset)-"))
            if let entityTag { request.headers.append(("If-Range", entityTag)) }
        }
        let (host, expectedBytes) = (request.host, expectedBytes)
        // Whatever cuts the body off, its beginning came under this tag.
        var found = entityTag
        var asked: Double?
        defer { (entityTag, retryAfter) = (found, asked) }
        do {
            try client.get(
                request, cancellation: cancellation,
                begin: { response in
                    asked = response.headers["retry-after"].flatMap { RetryPolicy.seconds($0, now: Date()) }
                    let start = try Self.start(of: response, asked: offset, expectedBytes: expectedBytes, host: host)
                    if start == 0 { try file.removeAll() }
                    found = Self.validator(response)
                    try report(.began(offset: start, entityTag: found))
                },
                receive: { bytes in
                    guard file.length + bytes.count <= expectedBytes else {
                        throw DownloadError.wrongSize(host: host, expected: expectedBytes, found: nil)
                    }
                    try file.append(bytes)
                    try report(.received(bytes: file.length))
                })
        } catch RangeRefused.refused {
            // Nothing lies beyond what we have, so what we have isn't the beginning of this file.
            try file.removeAll()
        }
    }

    /// What tells this version of the file from others in `If-Range` (RFC 9110, section 13.1.5): a strong tag or a time.
    private static func validator(_ response: HTTPResponse) -> String? {
        response.headers["etag"].flatMap { $0.hasPrefix("\"") ? $0 : nil } ?? response.headers["last-modified"]
    }

    private enum RangeRefused: Error {
        case refused
    }

    /// The position of the body's first byte in the file.
    private static func start(
        of response: HTTPResponse, asked offset: Int, expectedBytes: Int, host: String
    ) throws -> Int {
        switch response.status {
        case 200:
            if let total = response.headers["content-length"].flatMap({ Int($0) }), total != expectedBytes {
                throw DownloadError.wrongSize(host: host, expected: expectedBytes, found: total)
            }
            return 0
        case 206:
            let range = response.headers["content-range"].flatMap { ContentRange($0) }
            guard let range, range.first == offset else {
                throw TransportError(
                    .unexpected, host: host, detail: "a range that does not begin at byte \(offset), as asked")
            }
            if let total = range.total, total != expectedBytes {
                throw DownloadError.wrongSize(host: host, expected: expectedBytes, found: total)
            }
            return offset
        case 416 where offset > 0:
            throw RangeRefused.refused
        case let status:
            throw TransportError(.status(status), host: host)
        }
    }
}

/// The server's file isn't the one that was asked for.
public enum DownloadError: Error, Equatable, CustomStringConvertible {
    /// `found` is nil if the server sent too many bytes without saying how many there are.
    case wrongSize(host: String, expected: Int, found: Int?)

    public var description: String {
        switch self {
        case .wrongSize(let host, let expected, let found):
            "\(host) has another file: expected \(expected) bytes, found \(found.map { "\($0)" } ?? "more")"
        }
    }
}

/// The value of a `Content-Range` header: `bytes 5-9/10`, or `bytes 5-9/*`.
struct ContentRange: Equatable {
    var first: Int
    var last: Int
    /// Nil if the server doesn't say.
    var total: Int?

    init?(_ value: String) {
        guard let match = value.wholeMatch(of: /bytes +([0-9]+)-([0-9]+)\/([0-9]+|\*)/.ignoresCase()),
            let first = Int(match.1), let last = Int(match.2), first <= last
        else { return nil }
        let total = Int(match.3)
        guard total != nil || match.3 == "*" else { return nil }
        self.first = first
        self.last = last
        self.total = total
    }
}
