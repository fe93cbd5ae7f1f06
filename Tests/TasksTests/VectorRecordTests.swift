import Foundation
import Testing

@testable import Tasks

@Suite struct VectorRecordTests {
    private let path = NSTemporaryDirectory() + UUID().uuidString + ".vectors"

    private func open(encoder: String = "e1", dimensions: Int = 2) throws -> VectorRecord {
        try VectorRecord(path: path, encoder: encoder, dimensions: dimensions)
    }

    private func write(_ texts: [String: [Float]]) throws {
        let record = try open()
        for (text, vector) in texts { try record.add(vector, tokens: 3, of: text) }
    }

    @Test func whatIsKeptIsFoundAgain() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        try write(["one": [1, -.pi], "two": [0, 1e-30]])
        let record = try open()
        #expect(record.vector(of: "one") == [1, -.pi])
        #expect(record.vector(of: "two") == [0, 1e-30])
        #expect(record.vector(of: "three") == nil)
    }

    @Test func whatWasNotFinishedIsDroppedAndWrittenAnew() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        try write(["one": [1, 2]])
        let handle = try #require(FileHandle(forUpdatingAtPath: path))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data([1, 2, 3]))
        try handle.close()
        try write(["two": [3, 4]])
        let record = try open()
        #expect(record.vector(of: "one") == [1, 2])
        #expect(record.vector(of: "two") == [3, 4])
        #expect(record.count == 2)
    }

    @Test(arguments: [("e2", 2), ("e1", 3)])
    func vectorsOfAnotherEncoderAreForgotten(encoder: String, dimensions: Int) throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        try write(["one": [1, 2]])
        #expect(try open(encoder: encoder, dimensions: dimensions).count == 0)
    }

    @Test func damageEndsWhatIsTaken() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        try write(["one": [1, .nan]])
        #expect(try open().count == 0)
        try Data("something else".utf8).write(to: URL(filePath: path))
        #expect(try open().count == 0)
    }

    @Test func aPlaceThatIsNoneIsNamed() {
        let error = #expect(throws: TaskError.self) {
            try VectorRecord(path: "/nowhere/v", encoder: "e", dimensions: 2)
        }
        #expect(error?.description.hasPrefix("/nowhere/v: ") == true)
    }
}
