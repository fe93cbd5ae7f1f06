import Foundation
import Synchronization

/// What another program writes to standard output, bounded in time and size. Blocks: belongs on a thread of its own.
struct ChildOutput {
    enum Failure: Error, Equatable {
        /// Why it couldn't be started.
        case notStarted(String)
        case cancelled
        case tookTooLong(seconds: Double)
        case tooMuch(bytes: Int)
        /// The exit code, 128 + the number of a signal that ended it, and the end of what it wrote to standard error.
        case failed(status: Int32, message: String)
    }

    /// Where the program is.
    var program: String
    var arguments: [String]
    var seconds: Double
    var byteLimit: Int

    private static let errorLimit = 2048

    /// - Parameter isCancelled: asked several times a second.
    func read(isCancelled: () -> Bool) throws(Failure) -> [UInt8] {
        let (child, output, errors) = try spawnAlone()
        defer {
            close(output)
            close(errors)
        }
        let deadline = ContinuousClock.now + .seconds(seconds)
        do throws(Failure) {
            let (bytes, message) = try collect(output, errors, until: deadline, isCancelled)
            let status = try wait(for: child, until: deadline)
            guard status == 0 else { throw .failed(status: status, message: message) }
            return bytes
        } catch {
            if case .failed = error { throw error }
            kill(child, SIGKILL)
            while Self.reap(child) == nil { usleep(1000) }
            throw error
        }
    }

    // A child that is started while a pipe isn't yet close-on-exec would keep it open: one at a time.
    private static let starting = Mutex(())

    private func spawnAlone() throws(Failure) -> (pid_t, output: Int32, errors: Int32) {
        try Self.starting.withLock { _ in Result { () throws(Failure) in try spawn() } }.get()
    }

    /// The child and the ends of the pipes to read from.
    private func spawn() throws(Failure) -> (pid_t, output: Int32, errors: Int32) {
        var (output, errors): ([Int32], [Int32]) = ([-1, -1], [-1, -1])
        guard pipe(&output) == 0 else { throw .notStarted(String(cString: strerror(errno))) }
        guard pipe(&errors) == 0 else {
            let reason = String(cString: strerror(errno))
            for end in output { close(end) }
            throw .notStarted(reason)
        }
        for end in output + errors { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output[1], STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, errors[1], STDERR_FILENO)
        // Signals that this thread blocks, or this program ignores, are the child's to handle.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var (none, usual) = (sigset_t(), sigset_t())
        sigemptyset(&none)
        sigemptyset(&usual)
        for signal in [SIGINT, SIGPIPE, SIGTERM] { sigaddset(&usual, signal) }
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &usual)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        var words = ([program] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var child = pid_t()
        var code = posix_spawn(&child, program, &actions, &attributes, &words, environ)
        // A program that was written a moment ago is busy while another child, which is just being started, holds it open.
        for _ in 0..<100 where code == ETXTBSY {
            usleep(10_000)
            code = posix_spawn(&child, program, &actions, &attributes, &words, environ)
        }
        close(output[1])
        close(errors[1])
        guard code == 0 else {
            close(output[0])
            close(errors[0])
            throw .notStarted(String(cString: strerror(code)))
        }
        return (child, output[0], errors[0])
    }

    private func collect(
        _ output: Int32, _ errors: Int32, until deadline: ContinuousClock.Instant, _ isCancelled: () -> Bool
    ) throws(Failure) -> (bytes: [UInt8], message: String) {
        var (bytes, message): ([UInt8], [UInt8]) = ([], [])
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        var open = [output, errors].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        while !open.isEmpty {
            if isCancelled() { throw .cancelled }
            guard ContinuousClock.now < deadline else { throw .tookTooLong(seconds: seconds) }
            guard poll(&open, nfds_t(open.count), 100) > 0 else { continue }
            for ready in open where ready.revents != 0 {
                let count = Foundation.read(ready.fd, &buffer, buffer.count)
                if count > 0, ready.fd == output {
                    bytes += buffer[..<count]
                    guard bytes.count <= byteLimit else { throw .tooMuch(bytes: byteLimit) }
                } else if count > 0 {
                    message = Array((message + buffer[..<count]).suffix(Self.errorLimit))
                } else if count == 0 || errno != EINTR {
                    open.removeAll { $0.fd == ready.fd }
                }
            }
        }
        return (bytes, String(decoding: message, as: UTF8.self))
    }

    private func wait(for child: pid_t, until deadline: ContinuousClock.Instant) throws(Failure) -> Int32 {
        while true {
            if let status = Self.reap(child) { return status }
            guard ContinuousClock.now < deadline else { throw .tookTooLong(seconds: seconds) }
            usleep(1000)
        }
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
}
