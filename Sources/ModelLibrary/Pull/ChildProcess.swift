import Configuration
import Foundation
import Synchronization
import Transport

/// Runs a program, reads what it writes, and ends it when cancelled. Blocks: belongs on a thread of its own.
struct ChildProcess {
    /// The program's name, searched for in `PATH`, and its arguments.
    var arguments: [String]
    var environment: Environment
    /// The folder in which it starts.
    var directory: String

    struct Result {
        /// The exit code; 128 + the signal's number if a signal ended it.
        var status: Int32
        /// The end of what it wrote to standard error.
        var errorText: String
    }

    /// How much of standard error is kept.
    private static let errorLimit = 16 << 10

    /// - Parameters:
    ///   - output: takes standard output as it comes; what it throws ends the program.
    ///   - tick: called several times a second.
    /// - Returns: nil if there is no such program.
    /// - Throws: `FileError` if it can't be started, `CancellationError`, and what `output` throws.
    func run(
        cancellation: Cancellation, output: (UnsafeRawBufferPointer) throws -> Void = { _ in },
        tick: () -> Void = {}
    ) throws -> Result? {
        try cancellation.check()
        guard let program = search(for: arguments.first ?? "") else { return nil }
        // A child that is started while a pipe isn't yet close-on-exec would keep it open: one at a time.
        let (child, outputPipe, errorPipe) = try Self.starting.withLock { _ in
            let (output, error) = (try Pipe(), try Pipe())
            return (try spawn(program, output: output, error: error), output, error)
        }
        outputPipe.closeWriter()
        errorPipe.closeWriter()
        do {
            let errorText = try read(
                outputPipe, errorPipe, cancellation: cancellation, output: output, tick: tick)
            let status = try wait(for: child, cancellation: cancellation, tick: tick)
            return Result(status: status, errorText: errorText)
        } catch {
            end(child)
            throw error
        }
    }

    // MARK: - Starting

    private static let starting = Mutex(())

    private func spawn(_ program: String, output: Pipe, error: Pipe) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output.writer, STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, error.writer, STDERR_FILENO)
        // A connection that a child holds too would stay open when it is closed here.
        let open = (try? FileManager.default.contentsOfDirectory(atPath: "/dev/fd")) ?? []
        for descriptor in open.compactMap({ Int32($0) }) where descriptor > STDERR_FILENO {
            posix_spawn_file_actions_addclose(&actions, descriptor)
        }

        // posix_spawn has no portable way to say where the program starts; the shell replaces itself by the program.
        let shell = "/bin/sh"
        let words = [shell, "-c", #"cd "$0" && exec "$@""#, directory, program] + arguments.dropFirst()
        var argumentPointers = words.map { strdup($0) } + [nil]
        var environmentPointers = environment.variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer {
            for pointer in argumentPointers + environmentPointers { free(pointer) }
        }
        var child = pid_t()
        let code = posix_spawn(&child, shell, &actions, nil, &argumentPointers, &environmentPointers)
        guard code == 0 else { throw FileError("start", shell, code: code) }
        return child
    }

    /// The first executable of that name in the given environment's `PATH`.
    private func search(for program: String) -> String? {
        let folders = (environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":")
        return folders.lazy.filter { $0.hasPrefix("/") }.map { "\($0)/\(program)" }
            .first { access($0, X_OK) == 0 && ModelFiles.size(of: $0) != nil }
    }

    // MARK: - Listening

    private func read(
        _ outputPipe: Pipe, _ errorPipe: Pipe, cancellation: Cancellation,
        output: (UnsafeRawBufferPointer) throws -> Void, tick: () -> Void
    ) throws -> String {
        var errorBytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 256 << 10)
        var open = [
            pollfd(fd: outputPipe.reader, events: Int16(POLLIN), revents: 0),
            pollfd(fd: errorPipe.reader, events: Int16(POLLIN), revents: 0),
        ]
        while !open.isEmpty {
            try cancellation.check()
            tick()
            guard poll(&open, nfds_t(open.count), 100) > 0 else { continue }
            for ready in open where ready.revents != 0 {
                let count = Foundation.read(ready.fd, &buffer, buffer.count)
                if count > 0 {
                    if ready.fd == outputPipe.reader {
                        try buffer.withUnsafeBytes { try output(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
                    } else {
                        errorBytes = Array((errorBytes + buffer[..<count]).suffix(Self.errorLimit))
                    }
                } else if count == 0 || errno != EINTR {
                    open.removeAll { $0.fd == ready.fd }
                }
            }
        }
        return String(decoding: errorBytes, as: UTF8.self)
    }

    // MARK: - Ending

    private func wait(for child: pid_t, cancellation: Cancellation, tick: () -> Void) throws -> Int32 {
        while true {
            if let status = Self.reap(child) { return status }
            tick()
            try cancellation.sleep(seconds: 0.02)
        }
    }

    /// Asks the program to end, and insists after two seconds.
    private func end(_ child: pid_t) {
        kill(child, SIGTERM)
        for _ in 0..<100 {
            if Self.reap(child) != nil { return }
            usleep(20_000)
        }
        kill(child, SIGKILL)
        while Self.reap(child) == nil { usleep(1_000) }
    }

    /// The child's status if it has ended.
    private static func reap(_ child: pid_t) -> Int32? {
        var status: Int32 = 0
        let ended = waitpid(child, &status, WNOHANG)
        if ended == 0 || (ended < 0 && errno == EINTR) { return nil }
        // Without a child to wait for nothing is known but that it is gone.
        guard ended == child else { return 1 }
        let signal = status & 0x7F
        return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
    }

    /// A pipe whose ends close with it.
    private final class Pipe {
        let reader: Int32
        private(set) var writer: Int32

        init() throws {
            var ends: [Int32] = [-1, -1]
            guard pipe(&ends) == 0 else { throw FileError("make", "a pipe") }
            (reader, writer) = (ends[0], ends[1])
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        }

        deinit {
            close(reader)
            closeWriter()
        }

        func closeWriter() {
            if writer >= 0 { close(writer) }
            writer = -1
        }
    }
}
