import CKernels
import Synchronization

/// The processors that a program computes with. A program makes one and shares it among all its models; the sessions
/// that generate at the same time divide its workers between them.
public final class Runtime: Sendable {
    /// Worker threads in all.
    public let threads: Int
    private let active = Mutex(0)

    /// - Parameter threads: workers to compute with, 1 to 64; all processors that this process may use by default.
    public init(threads: Int? = nil) {
        self.threads = min(max(threads ?? Self.usableProcessors, 1), 64)
    }

    /// Processors that this process is allowed to run on.
    public static var usableProcessors: Int { Int(ck_cpu_count()) }

    /// The variant of the kernels in use: "scalar", "avx2", "avx512" or "neon". The environment variable `DIPTYCH_CPU` forces one.
    public static var processorVariant: String {
        String(cString: ck_cpu_name(ck_cpu_selected()))
    }

    /// Workers for each session that generates now.
    var share: Int {
        active.withLock { max(1, threads / max(1, $0)) }
    }

    /// Counts a session as generating while `body` runs.
    func whileActive<Result>(_ body: () throws -> Result) rethrows -> Result {
        active.withLock { $0 += 1 }
        defer { active.withLock { $0 -= 1 } }
        return try body()
    }
}

/// The worker threads of one session.
final class Team: @unchecked Sendable {
    let pointer: OpaquePointer

    init(workers: Int) throws(ModelError) {
        guard let pointer = ck_team_create(UInt32(workers)) else { throw .noThreads(workers) }
        self.pointer = pointer
    }

    deinit {
        ck_team_destroy(pointer)
    }

    /// How many workers take part from now on; results don't depend on it.
    func setWidth(_ workers: Int) {
        ck_team_set_width(pointer, UInt32(workers))
    }

    var scratchBytes: Int { ck_team_scratch_bytes(pointer) }
}
