import Chat
import ChatTestSupport
import Foundation
import Testing

@testable import Recording

@Suite struct SessionFileTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func read(_ bytes: Data) throws -> RecordedSession {
        try RecordedSession(reading: SessionFile(path: folder.write(bytes)))
    }

    private func failure(_ bytes: Data) throws -> SessionFileError {
        try #require(throws: SessionFileError.self) { try read(bytes) }
    }

    private func failure(_ text: String) throws -> SessionFileError {
        try failure(folder.bytes([]) + Data(text.utf8))
    }

    @Test func aSessionIsPutTogether() throws {
        let session = try Sample.session()
        #expect(session.header == Sample.header)
        #expect(session.panes.map(\.title) == ["small: tiny", "large: huge"])
        #expect(session.panes.map(\.closed) == [nil, .seconds(41)])
        #expect(session.runs.map(\.pane) == [0, 1, 0, 1])
        #expect(session.runs.map(\.answer) == ["The Rhine.", "The Rhône, say.", "", "Lake"])
        #expect(
            session.runs.map(\.outcome) == [
                .finished(.stop, at: .milliseconds(71)), .finished(.stop, at: .milliseconds(161)),
                .failed("the context is full", at: .milliseconds(5)), .cancelled(at: .milliseconds(45)),
            ])
        #expect(session.runs[2].notes == ["the prompt was cut"])
        #expect(session.runs[0].start.systemPrompt == "Be brief.")
        #expect(session.votes.map(\.outcome) == [.won(pane: 1)])
        #expect(session.remarks.map(\.text) == ["The lakes were a mistake."])
        #expect(session.summary == SessionFile.Summary(ending: .whole, unknownRecords: 0))
    }

    @Test func figuresAreThoseOfTheRun() throws {
        let session = try Sample.session()
        let metrics = session.runs[1].metrics(profile: session.panes[1].opening.profile)
        #expect(metrics.timeToFirstToken == .milliseconds(100))
        #expect(metrics.gaps == [20, 20, 20].map { .milliseconds($0) })
        #expect(metrics.cachedTokens == 2)
        #expect(metrics.totalDuration == .milliseconds(161))
        #expect(metrics.memory?.total == 1500)
        #expect(metrics.memorySamples.map(\.bytes) == [1000, 1500])
    }

    @Test func alternativesCanBeLeftOut() throws {
        let file = SessionFile(path: try folder.write(Sample.records))
        let whole = try RecordedSession(reading: file)
        let lean = try RecordedSession(reading: file, keepsAlternatives: false)
        #expect(whole.runs[0].tokens.map(\.alternatives.count) == [2, 2, 2])
        #expect(lean.runs[0].tokens.map(\.alternatives.count) == [0, 0, 0])
        #expect(HTMLExport(lean).text == HTMLExport(whole).text)
        #expect(MarkdownExport(lean).text == MarkdownExport(whole).text)
    }

    @Test func aPaneThatIsOpenedAnewIsAnotherOne() throws {
        let session = try Sample.session([
            .paneOpened(Sample.opening(0)), .runStarted(Sample.start(1, pane: 0, turn: 1, at: .seconds(1))),
            .paneOpened(Sample.opening(0, name: "other", at: .seconds(5))),
            .runStarted(Sample.start(2, pane: 0, turn: 2, at: .seconds(6))),
        ])
        #expect(session.runs.map(\.pane) == [0, 1])
        #expect(session.panes.map(\.closed) == [.seconds(5), nil])
        #expect(session.runs.map(\.outcome) == [.unfinished, .unfinished])
    }

    @Test func aTornLastLineIsIgnoredAndSaid() throws {
        let whole = try folder.bytes(Sample.records)
        let before = try folder.bytes(Sample.records.dropLast())
        let lines = Sample.records.count + 1
        // Everywhere within the last line, the place before its line break among them.
        for length in before.count + 1..<whole.count {
            let session = try read(whole.prefix(length))
            #expect(
                session.summary.ending == .torn(line: lines, bytes: length - before.count), "\(length) bytes")
            #expect(session.panes[1].closed == nil)
        }
        #expect(try read(before).summary.ending == .whole)
    }

    @Test func whatANewerVersionAddedIsSkipped() throws {
        let extra = """
            {"kind":"weather","sky":{"is":["blue"]}}
            {"kind":"remark","at_us":1,"text":"hm","colour":"red"}

            """
        let session = try read(folder.bytes([]) + Data(extra.utf8))
        #expect(session.summary.unknownRecords == 1)
        #expect(session.remarks == [Remark(text: "hm", at: .microseconds(1))])
    }

    @Test func aNewerSchemaSaysSo() throws {
        let error = try failure(Data(#"{"kind":"header","schema":3,"all":"different"}"#.utf8) + Data("\n".utf8))
        #expect(error.line == 1)
        #expect(error.expected == "schema 2 or older")
        #expect(error.found == "schema 3")
        #expect(error.remedy.contains("version"))
    }

    @Test(arguments: [
        "", "\n", "GGUF\n", "{}\n", "{\"kind\":\"header\"", "{\"kind\":\"note\",\"run\":1,\"text\":\"\"}\n",
    ])
    func whatHasNoHeaderIsNoSession(_ text: String) throws {
        #expect(try failure(Data(text.utf8)).line == 1)
    }

    @Test(arguments: [
        ("rubbish \u{1B}[31m here\n{}\n", "a record in JSON", "'rubbish ·[31m here'"),
        ("{\"kind\":\"note\",\"run\":1}\n", "the field 'text'", "a record without it"),
        ("{\"kind\":\"note\",\"run\":\"x\",\"text\":\"\"}\n", "Int for 'run'", "another type"),
        ("{\"kind\":\"note\",\"run\":1,\"text\":\"a\"}\n", "a run that was started", "run 1"),
        ("{\"kind\":\"pane_closed\",\"pane\":3,\"at_us\":1}\n", "a pane that is open", "pane 3"),
        ("\n", "a record in JSON", "''"),
    ])
    func damageNamesItsLine(_ text: String, _ expected: String, _ found: String) throws {
        let error = try failure(text)
        #expect(error.line == 2)
        #expect(error.expected == expected)
        #expect(error.found == found)
        #expect(error.description.allSatisfy { !$0.isNewline })
    }

    @Test func aSecondHeaderOrRunNumberIsDamage() throws {
        let opened: [SessionRecord] = [.paneOpened(Sample.opening(0))]
        #expect(try failure(folder.bytes([.header(Sample.header)])).line == 2)
        let start = SessionRecord.runStarted(Sample.start(1, pane: 0, turn: 1, at: .zero))
        #expect(try failure(folder.bytes(opened + [start, start])).line == 4)
    }

    @Test func linesHaveABound() throws {
        let path = try folder.write(Data("short\n".utf8) + Data(repeating: 0x78, count: 300_000) + Data("\nend".utf8))
        var reader = try LineReader(path: path, maximumLength: 299_999)
        #expect(try reader.next()?.bytes == Data("short".utf8))
        do {
            _ = try reader.next()
            Issue.record("a line of 300000 bytes was read")
        } catch {
            #expect(error.line == 2)
        }
        // A line that is longer than what is read at a time, at its bound exactly.
        var second = try LineReader(path: path, maximumLength: 300_000)
        _ = try second.next()
        #expect(try second.next()?.bytes.count == 300_000)
        let last = try #require(try second.next())
        #expect(last.bytes == Data("end".utf8) && !last.isWhole && last.number == 3)
        #expect(try second.next() == nil)
    }

    @Test func whatIsNoPlainFileIsAnError() throws {
        let pipe = folder.path + "/pipe"
        mkfifo(pipe, 0o600)
        for path in [folder.path, pipe, folder.path + "/missing"] {
            #expect(throws: SessionFileError.self) { try RecordedSession(reading: SessionFile(path: path)) }
        }
    }

    /// Whatever happens to a file's bytes, it is read or refused, and what is read can be exported and played.
    @Test(arguments: 0..<4)
    func damagedFilesNeverCrash(_ seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        let whole = try folder.bytes(Sample.records)
        var readable = 0
        for _ in 0..<250 {
            var bytes = whole
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bytes = bytes.prefix(Int.random(in: 0...bytes.count, using: &random))
            case 1:
                for _ in 0..<Int.random(in: 1...6, using: &random) {
                    bytes[Int.random(in: 0..<bytes.count, using: &random)] ^=
                        1 << UInt8.random(in: 0..<8, using: &random)
                }
            case 2:
                // Other digits where digits are: what is read stays JSON and means something else.
                for index in bytes.indices where (0x30...0x39).contains(bytes[index]) {
                    if Int.random(in: 0..<20, using: &random) == 0 {
                        bytes[index] = UInt8.random(in: 0x30...0x39, using: &random)
                    }
                }
            default:
                let cut = Int.random(in: 0..<bytes.count, using: &random)
                let end = min(bytes.count, cut + Int.random(in: 1...200, using: &random))
                bytes.removeSubrange(cut..<end)
            }
            do {
                let session = try read(Data(bytes))
                readable += 1
                _ = RecordedScript(session)
                _ = MarkdownExport(session).text
                _ = HTMLExport(session).text
                _ = try JSONExport(session).encoded()
            } catch is SessionFileError {}
        }
        #expect(readable > 10)
    }

    /// A file of each schema that there was, written by that version.
    @Test(arguments: 1...SessionHeader.currentSchema)
    func oldFilesStayReadable(_ schema: Int) throws {
        let folder = try #require(Bundle.module.resourceURL).appending(path: "Fixtures")
        let session = try RecordedSession(
            reading: SessionFile(path: folder.appending(path: "schema-\(schema).jsonl").path))
        #expect(session.header.schema == schema)
        #expect(session.panes.map(\.opening.profile.name) == ["tiny", "huge"])
        #expect(session.runs.map(\.answer) == ["The Rhine.", "The Rhône, say.", "", "Lake"])
        #expect(session.runs[0].tokens[1].alternatives.map(\.text) == ["Rhine", " else"])
        #expect(session.runs[0].tokens[1].isDrafted)
        #expect(session.votes.map(\.outcome) == [.won(pane: 1)])
        #expect(session.summary.unknownRecords == 0)
    }
}

/// SplitMix64 (Steele, Lea and Flood 2014).
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
