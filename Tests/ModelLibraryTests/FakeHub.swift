import Foundation
import Synchronization
import TransportTestSupport

@testable import ModelLibrary

/// A Hub that lists files and redirects to another server for their contents, as the real one does.
final class FakeHub: Sendable {
    typealias Answer = @Sendable (ScriptedServer.Request, Int) -> ScriptedServer.Reply?

    let hub: ScriptedServer
    let storage: ScriptedServer
    /// What both servers received, headers included.
    var received: [ScriptedServer.Request] { hub.requests + storage.requests }

    /// - Parameters:
    ///   - repository: "owner/name".
    ///   - files: their contents under their paths.
    ///   - listed: other contents, from which sizes and hashes are listed.
    ///   - hubAnswer: goes before the Hub's own answers.
    ///   - storageAnswer: goes before the files.
    init(
        _ repository: String = "makers/Tiny-GGUF", revision: String = "main", files: [String: [UInt8]],
        listed: [String: [UInt8]]? = nil, hubAnswer: @escaping Answer = { _, _ in nil },
        storageAnswer: @escaping Answer = { _, _ in nil }
    ) throws {
        let storage = try ScriptedServer { request, number in
            if let reply = storageAnswer(request, number) { return reply }
            let path = request.path.split(separator: "?").first?.dropFirst().removingPercentEncoding ?? ""
            guard let bytes = files[path] else { return .init(status: 404) }
            return .file(bytes, for: request, entityTag: "\"\(path)\"")
        }
        let list = try Self.list(listed ?? files)
        let address = storage.address
        hub = try ScriptedServer { request, number in
            if let reply = hubAnswer(request, number) { return reply }
            let resolve = "/\(repository)/resolve/\(revision)/"
            if request.path.hasPrefix(resolve) {
                let path = request.path.dropFirst(resolve.count)
                return .init(status: 302, headers: ["Location": "\(address)/\(path)?signature=secret"])
            }
            guard request.path == "/api/models/\(repository)/tree/\(revision)?recursive=1" else {
                return .init(status: 404, headers: ["X-Error-Code": "RepoNotFound"])
            }
            return .init(body: list)
        }
        self.storage = storage
    }

    /// As the Hub lists files: large ones with their SHA-256, small ones without.
    static func list(_ files: [String: [UInt8]]) throws -> [UInt8] {
        let entries = try files.sorted { $0.key < $1.key }.map { path, bytes -> [String: Any] in
            var entry: [String: Any] = ["type": "file", "oid": "abc", "size": bytes.count, "path": path]
            if path.hasSuffix(".gguf") {
                entry["lfs"] = [
                    "oid": try LibraryFixture.digest(of: bytes), "size": bytes.count, "pointerSize": 134,
                ]
            }
            return entry
        }
        return Array(try JSONSerialization.data(withJSONObject: [["type": "directory", "path": "a"]] + entries))
    }
}

/// A pull that stops where a server falls silent.
enum InterruptedPull {
    /// Cancels a pull as soon as the `.part` file has so many bytes.
    static func run(
        until bytes: Int, in partial: String, _ pull: @escaping @Sendable () async throws -> Void
    ) async throws {
        let task = Task { try await pull() }
        while ModelFiles.size(of: partial) ?? 0 < bytes { try await Task.sleep(for: .milliseconds(5)) }
        task.cancel()
        _ = await task.result
    }
}
