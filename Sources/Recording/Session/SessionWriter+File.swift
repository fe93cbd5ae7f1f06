import Foundation

extension SessionWriter {
    /// Names that are tried before a directory is given up.
    private static let attempts = 64

    /// Makes a file that wasn't there and locks it.
    static func create(in directory: String, started: Date) throws(RecordingFailure) -> (Int32, path: String) {
        do {
            try FileManager.default.createDirectory(
                atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw RecordingFailure(path: directory, reason: "the folder cannot be made (\(error.localizedDescription))")
        }
        for _ in 0..<attempts {
            let path = directory + "/" + name(started: started, distinction: UInt16.random(in: .min ... .max))
            let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0o600)
            if descriptor >= 0 {
                // A reader that looks whether the file is locked holds it for a moment, so this waits.
                while flock(descriptor, LOCK_EX) != 0 {
                    if errno == EINTR { continue }
                    let failure = RecordingFailure("lock", path: path, code: errno)
                    Foundation.close(descriptor)
                    unlink(path)
                    throw failure
                }
                return (descriptor, path)
            }
            guard errno == EEXIST || errno == EINTR else { throw RecordingFailure("make", path: path, code: errno) }
        }
        throw RecordingFailure(path: directory, reason: "\(attempts) names were taken")
    }

    /// Such as "2026-11-29T201500-1a2b.jsonl", in local time: names in order are sessions in order.
    static func name(started: Date, distinction: UInt16, timeZone: TimeZone = .current) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = timeZone
        let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second], from: started)
        func digits(_ value: Int?, _ count: Int = 2) -> String {
            let text = String(value ?? 0)
            return String(repeating: "0", count: max(0, count - text.count)) + text
        }
        let date = [digits(parts.year, 4), digits(parts.month), digits(parts.day)].joined(separator: "-")
        let time = digits(parts.hour) + digits(parts.minute) + digits(parts.second)
        let hexadecimal = String(distinction, radix: 16)
        let suffix = String(repeating: "0", count: 4 - hexadecimal.count) + hexadecimal
        return "\(date)T\(time)-\(suffix).jsonl"
    }
}
