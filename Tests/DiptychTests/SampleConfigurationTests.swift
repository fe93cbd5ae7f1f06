import Configuration
import Foundation
import Playground
import Testing

/// `docs/config.yaml`, as a reader would copy it.
@Suite struct SampleConfigurationTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    @Test func everyKeyInItIsAnActions() throws {
        let yaml = try String(contentsOf: Self.root.appending(path: "docs/config.yaml"), encoding: .utf8)
        let configuration = try ConfigurationFile(yaml: yaml, file: "config.yaml")
        #expect(!configuration.keys.isEmpty)
        _ = try Keymap.standard.remapped(configuration.keys)
    }

    @Test func aLetterIsNoKeyWhereItIsText() {
        #expect(throws: KeymapError.self) { try Keymap.standard.remapped(["themes": [.character("a")]]) }
    }
}
