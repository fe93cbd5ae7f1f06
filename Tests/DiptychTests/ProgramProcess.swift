import Foundation

/// The built program, run as a process of its own with its output in pipes.
enum ProgramProcess {
    struct Result: Sendable {
        var status: Int32
        var output: String
        var errors: String
    }

    /// The program next to the tests that are running.
    static var path: String {
        URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "diptych").path
    }

    /// Runs the program to its end, with `input` as its standard input.
    /// - Parameters:
    ///   - memoryLimit: the address space that the process may take, in KiB.
    ///   - environment: variables beside this process's own.
    static func run(
        _ arguments: [String], input: String = "", memoryLimit: Int? = nil, environment: [String: String] = [:]
    ) throws -> Result {
        let process = Process()
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        if let memoryLimit {
            process.executableURL = URL(filePath: "/bin/sh")
            process.arguments = ["-c", "ulimit -v \(memoryLimit); exec \"$0\" \"$@\"", path] + arguments
        }
        let (standardInput, output, errors) = (Pipe(), Pipe(), Pipe())
        process.standardInput = standardInput
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        try standardInput.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try standardInput.fileHandleForWriting.close()
        // What is written here is smaller than a pipe, so that neither reading order can block the program.
        let outputText = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        let errorText = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return Result(status: process.terminationStatus, output: outputText, errors: errorText)
    }
}
