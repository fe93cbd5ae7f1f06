import Testing

@testable import diptych

@Suite("Answers that arrive at once are printed one below the other")
struct TranscriptTests {
    @Test("the first streams, the second waits for its turn, then streams on")
    func order() async throws {
        let memory = MemoryOutput()
        let transcript = Transcript(headings: ["one", "two", "three"], output: memory.output)
        try await transcript.begin()
        try await transcript.append("x", pane: 1)
        try await transcript.append("a", pane: 0)
        #expect(memory.text == "── one ──\na")
        try await transcript.append("!", pane: 2)
        try await transcript.finish(pane: 2)
        try await transcript.finish(pane: 0)
        #expect(memory.text == "── one ──\na\n\n── two ──\nx")
        try await transcript.append("y", pane: 1)
        try await transcript.finish(pane: 1)
        #expect(memory.text == "── one ──\na\n\n── two ──\nxy\n\n── three ──\n!\n\n")
    }
}
