import Foundation
import Transport

extension HuggingFaceHub {
    /// Bytes of one page of the list; the Hub sends a thousand files a page.
    private static let pageLimit = 4 << 20
    private static let pageCountLimit = 100

    /// The files of a repository.
    ///
    /// Source: the Hub's API, `GET /api/models/{repository}/tree/{revision}?recursive=1`, in pages that a `Link` header
    /// joins. The oid of a large file is its SHA-256.
    ///
    /// - Throws: ``HubError``, `TransportError`, `CancellationError`.
    func files(of reference: HubReference, client: HTTPClient, cancellation: Cancellation) throws -> [HubFile] {
        let revision = Self.encoded(reference.revision, keepsSlashes: false)
        var url = "\(endpoint)/api/models/\(reference.repository)/tree/\(revision)?recursive=1"
        var files: [HubFile] = []
        for _ in 0..<Self.pageCountLimit {
            let request = try request(url: url)
            let (response, body) = try RetryPolicy().run(cancellation: cancellation) {
                let response = try client.response(to: request, limit: Self.pageLimit, cancellation: cancellation)
                return (response.head, response.body)
            }
            try check(response, reference, host: request.host)
            files += try Self.files(in: body, host: request.host)
            guard let next = try nextPage(response, after: url, host: request.host) else { return files }
            url = next
        }
        throw HubError.malformedList(host: HTTPRequest(url: url).host, detail: "more than \(Self.pageCountLimit) pages")
    }

    /// What a refusal means. The Hub says more in `X-Error-Code` than in the status, because it doesn't tell strangers
    /// whether a private repository exists.
    private func check(_ response: HTTPResponse, _ reference: HubReference, host: String) throws {
        guard response.status != 200 else { return }
        let (repository, page) = (reference.repository, page(of: reference.repository))
        let hasToken = try credential() != nil
        switch (response.headers["x-error-code"], response.status) {
        case ("GatedRepo", let status),
            (_, let status) where status == 403:
            throw HubError.gated(repository: repository, page: page, status: status, hasToken: hasToken)
        case ("RevisionNotFound", _):
            throw HubError.noRevision(repository: repository, revision: reference.revision)
        case ("RepoNotFound", _), (_, 401), (_, 404):
            throw HubError.noRepository(repository: repository, page: page, hasToken: hasToken)
        case (_, let status):
            throw TransportError(.status(status), host: host)
        }
    }

    private struct Entry: Decodable {
        struct LargeFile: Decodable {
            var oid: String
            var size: Int?
        }

        var type: String
        var path: String
        var size: Int?
        var lfs: LargeFile?
    }

    private static func files(in body: [UInt8], host: String) throws -> [HubFile] {
        let entries: [Entry]
        do {
            entries = try JSONDecoder().decode([Entry].self, from: Data(body))
        } catch {
            throw HubError.malformedList(host: host, detail: "not the JSON that was expected")
        }
        return entries.compactMap { entry in
            guard entry.type == "file", PulledFile.isSafe(entry.path), let bytes = entry.lfs?.size ?? entry.size,
                bytes > 0
            else { return nil }
            let digest = entry.lfs.flatMap { $0.oid.wholeMatch(of: /[0-9a-f]{64}/) == nil ? nil : $0.oid }
            return HubFile(path: entry.path, bytes: bytes, sha256: digest)
        }
    }

    /// The address of the next page, if there is one: `Link: <URL>; rel="next"`.
    ///
    /// - Throws: ``HubError`` if it is another host's, which must not get the token.
    private func nextPage(_ response: HTTPResponse, after url: String, host: String) throws -> String? {
        guard let link = response.headers["link"],
            let match = link.firstMatch(of: /<([^>]+)>\s*;\s*rel="?next"?/),
            let next = URL(string: String(match.1), relativeTo: URL(string: url))?.absoluteString
        else { return nil }
        guard let origin = Origin(next), origin == Origin(endpoint) else {
            throw HubError.malformedList(host: host, detail: "it goes on at \(HTTPRequest(url: next).host)")
        }
        return next
    }
}
