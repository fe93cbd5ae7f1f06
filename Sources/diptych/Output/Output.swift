import Foundation

/// Somewhere text goes: a file descriptor, or a test's memory.
struct Output: Sendable {
    /// True where a person reads along, so that text may arrive in pieces and control characters must not get through.
    let isTerminal: Bool
    private let send: @Sendable ([UInt8]) throws -> Void

    init(isTerminal: Bool = false, send: @escaping @Sendable ([UInt8]) throws -> Void) {
        self.isTerminal = isTerminal
        self.send = send
    }

    /// Unbuffered, so that nothing is lost however the process ends.
    init(descriptor: Int32, name: String) {
        self.init(isTerminal: isatty(descriptor) == 1) { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let written = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
                if written >= 0 {
                    rest = rest.dropFirst(written)
                } else if errno == EPIPE {
                    throw ReaderGone()
                } else if errno != EINTR {
                    throw CommandFailure(message: "\(name): \(String(cString: strerror(errno)))")
                }
            }
        }
    }

    static let standard = Output(descriptor: STDOUT_FILENO, name: "standard output")
    /// Where notes for people go: standard error, unless a screen is there that they would spoil.
    static var standardError: Output { notes ?? errors }
    private static let errors = Output(descriptor: STDERR_FILENO, name: "standard error")
    /// Takes the place of standard error.
    @TaskLocal static var notes: Output?

    /// Writes exactly this text.
    func write(_ text: String) throws {
        try send(Array(text.utf8))
    }
}

/// The other end of a pipe was closed.
struct ReaderGone: Error {}
