import Foundation
import Server
import Synchronization

/// Serves until SIGINT or SIGTERM comes; running answers may end. A second signal ends the process at once.
/// - Throws: ``Interrupted`` after SIGINT.
func serveUntilSignalled(_ server: Server) async throws {
    let ending = SignalledEnding()
    // The sources only watch: the default action would end the process.
    let sources = [SIGINT, SIGTERM].map { number in
        signal(number, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
        source.setEventHandler {
            guard ending.isFirst(number) else { _exit(ExitStatus.interrupted.rawValue) }
            server.stop()
        }
        source.resume()
        return source
    }
    await server.run()
    for source in sources { source.cancel() }
    if ending.signal == SIGINT { throw Interrupted() }
}

/// Which signal came first.
private final class SignalledEnding: Sendable {
    private let first = Mutex<Int32?>(nil)

    var signal: Int32? { first.withLock { $0 } }

    func isFirst(_ number: Int32) -> Bool {
        first.withLock { first in
            defer { first = first ?? number }
            return first == nil
        }
    }
}

/// Writes a line for each request, on a thread that no request waits for.
final class AccessLog: Sendable {
    /// Lines that a reader who doesn't read may leave waiting; later ones are lost.
    private static let mostWaiting = 1000

    private let output: Output
    private let queue = DispatchQueue(label: "diptych.access-log", qos: .utility)
    private let waiting = Atomic(0)

    init(output: Output) {
        self.output = output
    }

    func write(_ record: AccessRecord) {
        guard waiting.add(1, ordering: .relaxed).newValue <= Self.mostWaiting else {
            waiting.subtract(1, ordering: .relaxed)
            return
        }
        let time = Date().ISO8601Format()
        queue.async { [self] in
            // What reads the log may have gone.
            try? output.write("\(time) \("\(record)".onOneLine)\n")
            waiting.subtract(1, ordering: .relaxed)
        }
    }
}
