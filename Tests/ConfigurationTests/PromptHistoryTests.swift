import Configuration
import Foundation
import Testing

@Suite struct PromptHistoryTests {
    private let folder: URL
    private let cleaner: Cleaner

    private final class Cleaner {
        let folder: URL
        init(folder: URL) { self.folder = folder }
        deinit { try? FileManager.default.removeItem(at: folder) }
    }

    init() {
        folder = FileManager.default.temporaryDirectory.appending(path: "diptych-history-\(UUID().uuidString)")
        cleaner = Cleaner(folder: folder)
    }

    private var file: URL { folder.appending(path: "state/history.jsonl") }
    private func history(limit: Int = PromptHistory.defaultLimit) -> PromptHistory {
        PromptHistory(path: file.path(percentEncoded: false), limit: limit)
    }
    private func mode(_ url: URL) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: url.path(percentEncoded: false))
        return try #require(attributes[.posixPermissions] as? Int)
    }

    static let prompts = [
        "hello", "two\nlines\n", "\"quotes\" \\ and \u{1B}[31m", "日本語 👩‍👧", "", " ", "\u{2028}\u{0}", "a/b",
    ]

    @Test func whatWasAppendedIsLoaded() throws {
        #expect(try history().load().isEmpty)
        for prompt in Self.prompts { try history().append(prompt) }
        #expect(try history().load() == Self.prompts)
        // One line each, whatever the prompt holds.
        let text = try String(contentsOf: file, encoding: .utf8)
        #expect(text.utf8.filter { $0 == UInt8(ascii: "\n") }.count == Self.prompts.count)
        #expect(text.hasPrefix("{\"prompt\":\"hello\"}\n"))
    }

    @Test func onlyTheUserMayRead() throws {
        try history().append("secret")
        #expect(try mode(file) == 0o600)
        #expect(try mode(file.deletingLastPathComponent()) == 0o700)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file.path())
        try history().append("another")
        #expect(try mode(file) == 0o600)
    }

    @Test func theLatestIsNotRepeated() throws {
        for prompt in ["a", "a", "b", "b", "a"] { try history().append(prompt) }
        #expect(try history().load() == ["a", "b", "a"])
    }

    @Test(arguments: [
        Data("{\"prompt\":\"torn".utf8), "{\"prompt\":\"日".dropLastByte, Data("{".utf8), Data("{\"prompt\":3}".utf8),
        Data("[]".utf8), Data([0]),
    ])
    func aTornLineIsPassedOver(torn: Data) throws {
        try history().append("before")
        let handle = try FileHandle(forWritingTo: file)
        try handle.seekToEnd()
        try handle.write(contentsOf: torn)
        try handle.close()
        #expect(try history().load() == ["before"])
        try history().append("after")
        #expect(try history().load() == ["before", "after"])
    }

    @Test func onlyTheNewestAreKept() throws {
        for number in 0..<95 { try history(limit: 20).append("prompt \(number)") }
        #expect(try history(limit: 20).load() == (75..<95).map { "prompt \($0)" })
        // A tenth more may wait for the next time that room is made.
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").count
        #expect((20...22).contains(lines))
        #expect(try mode(file) == 0o600)
        let names = try FileManager.default.contentsOfDirectory(atPath: file.deletingLastPathComponent().path())
        #expect(names == ["history.jsonl"])
    }

    @Test func longPromptsMakeRoomToo() throws {
        let long = String(repeating: "x", count: 3 << 20)
        for number in 0..<8 { try history().append("\(number)" + long) }
        let prompts = try history().load()
        #expect(prompts.last == "7" + long)
        #expect(prompts.count < 8)
        let size = try FileManager.default.attributesOfItem(atPath: file.path())[.size] as? Int
        #expect(try #require(size) <= PromptHistory.byteLimit)
    }

    @Test func writersNeverSpoilEachOthersLines() throws {
        let (writers, each) = (6, 40)
        let history = history()
        DispatchQueue.concurrentPerform(iterations: writers) { writer in
            for number in 0..<each { try? history.append("writer \(writer) prompt \(number)\nsecond line") }
        }
        let prompts = try history.load()
        #expect(prompts.count == writers * each)
        for writer in 0..<writers {
            let own = prompts.filter { $0.hasPrefix("writer \(writer) ") }
            #expect(own == (0..<each).map { "writer \(writer) prompt \($0)\nsecond line" })
        }
    }

    @Test func writersMakeRoomTogether() throws {
        let (writers, each, limit) = (6, 40, 30)
        let history = history(limit: limit)
        DispatchQueue.concurrentPerform(iterations: writers) { writer in
            for number in 0..<each { try? history.append("\(writer) \(number)") }
        }
        let prompts = try history.load()
        #expect(prompts.count == limit)
        // Each writer's last prompts, in order and without a gap.
        for writer in 0..<writers {
            let own = prompts.filter { $0.hasPrefix("\(writer) ") }
            #expect(own == (each - own.count..<each).map { "\(writer) \($0)" })
        }
    }

    @Test func aLinkStaysALink() throws {
        let real = folder.appending(path: "real.jsonl")
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data().write(to: real)
        try FileManager.default.createSymbolicLink(at: file, withDestinationURL: real)
        for number in 0..<10 { try history(limit: 2).append("\(number)") }
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: file.path()) == real.path())
        #expect(try history(limit: 2).load() == ["8", "9"])
    }

    @Test func whatIsNoFileIsNamed() throws {
        try FileManager.default.createDirectory(at: file, withIntermediateDirectories: true)
        for attempt in [{ _ = try history().load() }, { try history().append("x") }] {
            let error = #expect(throws: PromptHistoryError.self) { try attempt() }
            #expect(error?.description.contains("history.jsonl: expected a file that is") == true)
            #expect(error?.description.contains(where: \.isNewline) == false)
        }
    }
}

extension String {
    fileprivate var dropLastByte: Data { Data(utf8.dropLast()) }
}
