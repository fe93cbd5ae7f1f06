import Configuration
import Foundation
import Testing
import Transport

@testable import ModelLibrary

@Suite struct ChildProcessTests {
    /// A connection that a child held too would stay open when it is closed here.
    @Test func aChildHoldsNothingOfThisProcess() throws {
        let null = open("/dev/null", O_RDONLY)
        defer { close(null) }
        // Far above what the child opens itself, and not closed by itself when another program starts.
        let held = fcntl(null, F_DUPFD, 300)
        try #require(held >= 300)
        defer { close(held) }
        let child = ChildProcess(
            arguments: ["ls", "/proc/self/fd"], environment: Environment(["PATH": "/usr/bin:/bin"]), directory: "/")
        var listed = ""
        let result = try child.run(
            cancellation: Cancellation(), output: { listed += String(decoding: $0, as: UTF8.self) })
        #expect(result?.status == 0)
        let descriptors = listed.split(separator: "\n").compactMap { Int32($0) }
        #expect(descriptors.contains(STDOUT_FILENO))
        #expect(!descriptors.contains(held))
    }
}
