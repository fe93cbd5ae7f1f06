import Testing

@testable import ModelLibrary

@Suite struct BriefReasonTests {
    private static let damaged =
        "/home/me/models/a.gguf: tensor count: expected at most 20 (900 bytes follow), found 29; the file was cut short"

    /// Room for so many characters.
    private func brief(_ reason: String, _ room: Int) -> String {
        BriefReason.text(reason) { $0.count <= room }
    }

    @Test(
        arguments: [
            (200, "tensor count: expected at most 20 (900 bytes follow), found 29; the file was cut short"),
            (80, "tensor count: expected at most 20 (900 bytes follow), found 29"),
            (40, "tensor count: expected at most 20 (900 …"), (20, "tensor count: …"), (0, "…"),
        ])
    func aReasonGetsShorterWithItsRoom(_ room: Int, _ expected: String) {
        #expect(brief(Self.damaged, room) == expected)
    }

    @Test(arguments: [
        (
            "/a/b/sha256-12 has 5 bytes of 9: 'ollama pull x' fetches it again",
            "sha256-12 has 5 bytes of 9: 'ollama pull x' fetches it again"
        ),
        ("the weights that /a/b/1b names are missing", "the weights that 1b names are missing"),
        ("part 1 of 2 is missing in /a/models: fetch the rest", "part 1 of 2 is missing in models: fetch the rest"),
        ("its format: F32/F16", "its format: F32/F16"), ("", ""),
    ])
    func filesAreCalledByTheirNames(_ reason: String, _ expected: String) {
        #expect(brief(reason, 200) == expected)
    }

    @Test func aCommandIsNeverCut() {
        let reason = "its pull was interrupted: 'diptych models pull --from https://a.example/b/c.gguf' goes on with it"
        #expect(brief(reason, 20) == reason)
    }
}
