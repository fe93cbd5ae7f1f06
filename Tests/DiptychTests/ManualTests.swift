import Foundation
import Testing

@testable import diptych

@Suite("The manual page")
struct ManualTests {
    @Test("describes every subcommand", arguments: Diptych.configuration.subcommands.map { $0._commandName })
    func subcommands(name: String) throws {
        let source = URL(filePath: #filePath)
        let root = source.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let page = try String(contentsOf: root.appending(path: "docs/diptych.1"), encoding: .utf8)
        #expect(page.contains("\n.It Cm \(name)"))
    }
}
