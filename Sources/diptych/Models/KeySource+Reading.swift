import Configuration
import Foundation

extension ServerSettings.KeySource: CustomStringConvertible {
    /// Where the key comes from, never the key.
    public var description: String {
        switch self {
        case .environment(let name): name
        case .file(let path): path
        case .command: "its command"
        }
    }

    /// Seconds that a command may take: it may ask somebody for a passphrase.
    private static let patience = 60.0

    /// The key, without the line break behind it.
    ///
    /// - Parameter server: the name of the server that it is for.
    /// - Throws: ``CommandFailure`` if there is none.
    func read(_ environment: Environment, server: String) throws -> String {
        let text: String
        switch self {
        case .environment(let name):
            guard let value = environment[name] else {
                throw CommandFailure(
                    message: "server '\(server)' takes its key from the environment variable \(name), which isn't set")
            }
            text = value
        case .file(let path):
            let full = path.hasPrefix("~/") ? (environment["HOME"] ?? "~") + path.dropFirst() : path
            guard FileManager.default.fileExists(atPath: full) else {
                throw CommandFailure(
                    message: "server '\(server)' takes its key from \(path), and there is no such file")
            }
            guard let data = FileManager.default.contents(atPath: full),
                let value = String(validating: data.prefix(1 << 16), as: UTF8.self)
            else {
                throw CommandFailure(
                    message: "server '\(server)' takes its key from \(path), which can't be read as text")
            }
            text = value
        case .command(let command): text = try Self.output(of: command, environment, server: server)
        }
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Its error output isn't shown: it belongs to no screen of ours, and may say too much.
    private static func output(of command: String, _ environment: Environment, server: String) throws -> String {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", command]
        process.environment = environment.variables
        process.standardInput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        process.standardOutput = pipe
        let complaint = "server '\(server)' takes its key from a command, which"
        do {
            try process.run()
        } catch {
            throw CommandFailure(message: "\(complaint) can't be started")
        }
        let alarm = DispatchWorkItem { process.terminate() }
        DispatchQueue.global().asyncAfter(deadline: .now() + patience, execute: alarm)
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        alarm.cancel()
        guard process.terminationReason == .exit else {
            throw CommandFailure(message: "\(complaint) was stopped after \(Int(patience)) s, or by a signal")
        }
        guard process.terminationStatus == 0 else {
            throw CommandFailure(message: "\(complaint) failed with exit code \(process.terminationStatus)")
        }
        return String(decoding: data.prefix(1 << 16), as: UTF8.self)
    }
}
