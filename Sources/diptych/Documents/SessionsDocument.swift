import Chat
import Foundation
import ModelLibrary
import Recording

/// What `sessions list --json` writes.
struct SessionListDocument: JSONDocument {
    struct Session: Codable, Sendable, Equatable {
        var name: String
        var path: String
        var bytes: Int
        /// By the wall clock, in ISO 8601; absent where the file can't be read.
        var started: String?
        /// The version of the program that recorded it.
        var version: String?
        /// Whether it is being recorded now.
        var isOpen: Bool
        /// Why the file can't be read.
        var problem: String?
    }

    var schema = 1
    var directory: String
    var sessions: [Session]

    init(_ folder: SessionFolder) {
        directory = folder.path
        sessions = folder.entries().map { entry in
            Session(
                name: entry.name, path: entry.path, bytes: entry.bytes,
                started: entry.header?.started.ISO8601Format(), version: entry.header?.version, isOpen: entry.isOpen,
                problem: entry.problem)
        }
    }

    /// A table for people.
    var text: String {
        guard !sessions.isEmpty else { return "No session is recorded in \(directory.onOneLine).\n" }
        var table = TextTable(.left)
        table.add("SESSION", "STARTED", "SIZE", "STATE")
        for session in sessions {
            let state = session.isOpen ? "being recorded" : session.problem == nil ? "" : "cannot be read"
            table.add(
                session.name.onOneLine, session.started ?? FigureText.missing, ByteSize.text(session.bytes), state)
        }
        return table.text
    }
}

/// What `sessions path --json` writes.
struct SessionPathDocument: JSONDocument {
    var schema = 1
    var path: String

    /// - Parameter session: the folder's own path if nil.
    /// - Throws: `SessionFileError`.
    init(of session: String?, in folder: SessionFolder) throws {
        path = try session.map { try folder.path(ofExisting: $0) } ?? folder.path
    }
}

/// What `sessions remove --json` writes.
struct SessionRemovalDocument: JSONDocument {
    struct Session: Codable, Sendable, Equatable {
        var name: String
        var freedBytes: Int
    }

    var schema = 1
    var sessions: [Session]

    /// Removes the sessions.
    ///
    /// - Throws: `SessionFileError`, before anything is removed if one of them doesn't exist.
    init(removing names: [String], from folder: SessionFolder) throws {
        for name in names { _ = try folder.path(ofExisting: name) }
        sessions = try names.map { Session(name: $0, freedBytes: try folder.remove($0)) }
    }

    var text: String {
        sessions.map { "\($0.name.onOneLine): removed, \(ByteSize.text($0.freedBytes)) are free again\n" }.joined()
    }
}
