import Foundation
import Synchronization

/// Appends what happens to a session file as it happens.
///
/// Each record is one `write(2)` of a whole line, so that a process that is killed loses at most the record that it was
/// writing. Nothing is synchronized to the disk: a machine that loses power may lose the last seconds. Any thread may
/// append; records of different threads follow one another whole.
public final class SessionWriter: Sendable {
    /// What `write(2)` does; tests put a full disk in its place.
    typealias Write = @Sendable (Int32, UnsafeRawBufferPointer) -> Int

    private struct State {
        let line = SessionLine()
        /// Negative when nothing is written any more.
        var descriptor: Int32
        /// The bytes of all whole lines.
        var length = 0
    }

    public let path: String
    private let start = ContinuousClock.now
    private let state: Mutex<State>
    private let write: Write
    private let onFailure: @Sendable (RecordingFailure) -> Void

    /// Makes a new file in a directory, which is made too if need be; only the user can read it. The file is locked
    /// until the writer is closed or the process ends.
    ///
    /// - Parameter onFailure: called once, when a record can't be written, such as on a full disk. The file then ends in
    ///   a whole line, and nothing is recorded any more.
    /// - Throws: ``RecordingFailure``.
    public convenience init(
        directory: String, header: SessionHeader, onFailure: @escaping @Sendable (RecordingFailure) -> Void
    ) throws {
        try self.init(directory: directory, header: header, write: Self.systemWrite, onFailure: onFailure)
    }

    init(
        directory: String, header: SessionHeader, write: @escaping Write,
        onFailure: @escaping @Sendable (RecordingFailure) -> Void
    ) throws {
        let (descriptor, path) = try Self.create(in: directory, started: header.started)
        self.path = path
        self.write = write
        self.onFailure = onFailure
        state = Mutex(State(descriptor: descriptor))
        do {
            try state.withLock { try append(.header(header), to: &$0) }
        } catch {
            close()
            unlink(path)
            throw error
        }
    }

    deinit {
        close()
    }

    /// From the start of the session: what records of panes, runs and votes give as their time.
    public var elapsed: Duration { ContinuousClock.now - start }

    /// False once a record couldn't be written, and after ``close()``.
    public var isRecording: Bool { state.withLock { $0.descriptor >= 0 } }

    /// Appends a record; returns when the system has it. What can't be written is reported once, and the program goes
    /// on.
    public func append(_ record: SessionRecord) {
        let failure = state.withLock { state -> RecordingFailure? in
            guard state.descriptor >= 0 else { return nil }
            do throws(RecordingFailure) {
                try append(record, to: &state)
                return nil
            } catch {
                Self.stop(&state)
                return error
            }
        }
        if let failure { onFailure(failure) }
    }

    /// Ends the recording and gives the file's lock up.
    public func close() {
        state.withLock { Self.stop(&$0) }
    }

    private static func stop(_ state: inout State) {
        if state.descriptor >= 0 { Foundation.close(state.descriptor) }
        state.descriptor = -1
    }

    /// Leaves the file with whole lines only, whether or not it throws.
    private func append(_ record: SessionRecord, to state: inout State) throws(RecordingFailure) {
        let line: Data
        do {
            line = try state.line.encode(record)
        } catch {
            throw RecordingFailure(path: path, reason: "a record has no form in JSON (\(error))")
        }
        guard line.count <= SessionLine.maximumLength else {
            throw RecordingFailure(
                path: path, reason: "a record has \(line.count) bytes, more than \(SessionLine.maximumLength)")
        }
        let code = line.withUnsafeBytes { writeAll($0, to: state.descriptor) }
        guard code == 0 else {
            ftruncate(state.descriptor, off_t(state.length))
            throw RecordingFailure("write", path: path, code: code)
        }
        state.length += line.count
    }

    /// - Returns: 0, or what `errno` said. The system may take a line in pieces; the rest then follows.
    private func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int32 {
        var rest = bytes
        while !rest.isEmpty {
            let count = write(descriptor, rest)
            if count > 0 {
                rest = UnsafeRawBufferPointer(rebasing: rest[count...])
            } else if count == 0 {
                return EIO
            } else if errno != EINTR {
                return errno
            }
        }
        return 0
    }

    private static let systemWrite: Write = { Foundation.write($0, $1.baseAddress, $1.count) }
}
