import Foundation

/// A file with every outcome of a task, a line each as it comes, so that an interrupted run goes on where it was and a
/// finished one can be judged again without its models.
///
/// JSON Lines. The first line is the ``Header``; each of the others is an outcome or a measurement of one solver. A line that
/// the writer had no time to finish is dropped. Mode 0600, and locked while it is open: two runs of one task don't mix.
public final class RunRecord {
    public struct Header: Sendable, Equatable, Codable {
        public static let currentSchema = 1

        public var schema = currentSchema
        /// Such as "classify".
        public var task: String
        /// What was worked on.
        public var title: String
        /// When the record was begun, in ISO 8601.
        public var created: String
        /// Names everything that all of its outcomes depend on, such as the labels; nil where solvers' own fingerprints
        /// are enough.
        public var subject: String?

        /// Tasks whose sides give the same labels: what one of them had done needn't be done again for another one.
        private static let labelling: Set = ["classify", "cascade", "distill"]

        /// Whether a record that begins with this header takes what another one's task does.
        func isShared(with other: Header) -> Bool {
            task == other.task || Self.labelling.isSuperset(of: [task, other.task])
        }

        public init(task: String, title: String, created: String, subject: String? = nil) {
            self.task = task
            self.title = title
            self.created = created
            self.subject = subject
        }
    }

    /// What one solver took before and beside the examples.
    public struct Measurement: Sendable, Equatable, Codable {
        public var loadSeconds: Double
        public var prepareSeconds: Double
        /// The most that it held.
        public var memoryBytes: Int?

        public init(loadSeconds: Double, prepareSeconds: Double, memoryBytes: Int? = nil) {
            self.loadSeconds = loadSeconds
            self.prepareSeconds = prepareSeconds
            self.memoryBytes = memoryBytes
        }
    }

    private struct Line: Codable {
        var solver: String
        var example: String?
        var outcome: Outcome?
        var measurement: Measurement?
        var profile: SolverProfile?
    }

    public let path: String
    public let header: Header
    private let handle: FileHandle
    private var outcomes: [String: [String: Outcome]] = [:]
    private var measurements: [String: Measurement] = [:]
    /// Of the solvers that it has outcomes of, in the order in which they first came; a later one of the same fingerprint
    /// replaces the earlier.
    public private(set) var profiles: [SolverProfile] = []

    /// Opens a record, or begins one where there is none. Blocks.
    /// - Throws: ``RunRecordError``.
    public init(path: String, header: Header) throws {
        self.path = path
        let folder = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
        if !folder.isEmpty {
            do {
                try FileManager.default.createDirectory(
                    atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            } catch {
                throw RunRecordError.unusable(path: path, reason: error.localizedDescription)
            }
        }
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw RunRecordError.unusable(path: path, reason: String(cString: strerror(errno)))
        }
        handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { throw RunRecordError.inUse(path: path) }
        let bytes = try handle.readToEnd() ?? Data()
        let end = bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        var lines = bytes[..<end].split(separator: UInt8(ascii: "\n"))
        if lines.isEmpty {
            self.header = header
            try handle.truncate(atOffset: 0)
            try write(header)
            return
        }
        let first = lines.removeFirst()
        guard let found = try? JSONDecoder().decode(Header.self, from: first) else {
            throw RunRecordError.unusable(path: path, reason: "line 1 is not the header of a task's record")
        }
        guard found.schema <= Header.currentSchema else {
            throw RunRecordError.unusable(
                path: path, reason: "it has schema \(found.schema), this program reads \(Header.currentSchema)")
        }
        guard found.isShared(with: header) else {
            throw RunRecordError.unusable(
                path: path,
                reason: "it is that of a task '\(found.task)', this one is '\(header.task)'; name another file")
        }
        self.header = found
        for (index, line) in lines.enumerated() {
            guard let line = try? JSONDecoder().decode(Line.self, from: line) else {
                throw RunRecordError.unusable(
                    path: path, reason: "line \(index + 2) is damaged; move the file away to begin again")
            }
            take(line)
        }
        try handle.truncate(atOffset: UInt64(end))
        try handle.seekToEnd()
    }

    /// What a solver made of an example earlier.
    public func outcome(of example: Example, by solver: SolverProfile) -> Outcome? {
        outcomes[solver.fingerprint]?[example.fingerprint]
    }

    /// How many outcomes it has, of all solvers.
    public var outcomeCount: Int { outcomes.values.reduce(0) { $0 + $1.count } }

    public func measurement(of solver: SolverProfile) -> Measurement? { measurements[solver.fingerprint] }

    public func add(_ outcome: Outcome, of example: Example, by solver: SolverProfile) throws {
        try add(Line(solver: solver.fingerprint, example: example.fingerprint, outcome: outcome))
    }

    public func add(_ measurement: Measurement, of solver: SolverProfile) throws {
        try add(Line(solver: solver.fingerprint, measurement: measurement))
    }

    /// Keeps what is known of a solver, so that its outcomes can be judged where it can't be opened any more.
    public func add(_ profile: SolverProfile) throws {
        guard !profiles.contains(profile) else { return }
        try add(Line(solver: profile.fingerprint, profile: profile))
    }

    private func add(_ line: Line) throws {
        try write(line)
        take(line)
    }

    private func take(_ line: Line) {
        if let outcome = line.outcome, let example = line.example {
            outcomes[line.solver, default: [:]][example] = outcome
        }
        if let measurement = line.measurement { measurements[line.solver] = measurement }
        if let profile = line.profile {
            if let index = profiles.firstIndex(where: { $0.fingerprint == profile.fingerprint }) {
                profiles[index] = profile
            } else {
                profiles.append(profile)
            }
        }
    }

    private func write(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            try handle.write(contentsOf: try encoder.encode(value) + Data("\n".utf8))
        } catch {
            throw RunRecordError.unusable(path: path, reason: error.localizedDescription)
        }
    }
}

/// A record that can't be used.
public enum RunRecordError: Error, Equatable, CustomStringConvertible {
    case inUse(path: String)
    case unusable(path: String, reason: String)

    public var description: String {
        switch self {
        case .inUse(let path):
            "\(path): another run of this task is writing to it; wait for its end, or stop it"
        case .unusable(let path, let reason): "\(path): can't be used as the task's record: \(reason)"
        }
    }
}
