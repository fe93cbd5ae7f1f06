import Configuration
import Foundation
import Testing

@Suite final class ShippedFilesTests {
    private let home = FileManager.default.temporaryDirectory.appending(path: "diptych-shipped-\(UUID().uuidString)")
    private let shipped: ShippedFiles

    init() throws {
        shipped = ShippedFiles(directories: try Directories(environment: Environment(["HOME": home.path()])))
    }

    deinit {
        try? FileManager.default.removeItem(at: home)
    }

    private func write(_ text: String, to name: String) throws {
        let file = home.appending(path: ".config/diptych/\(name)")
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    /// The folders at the top of the package; they are only there for this test, not for the program.
    private static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    @Test(arguments: ["models", "themes", "prompts"])
    func everyFileAtTheTopIsCompiledInWithItsExactText(folder: String) throws {
        let directory = Self.root.appending(path: folder)
        let names = try FileManager.default.contentsOfDirectory(atPath: directory.path())
            .filter { $0.hasSuffix(".yaml") }.sorted()
        #expect(ShippedFiles(directories: nil).names(in: folder) == names)
        for name in names {
            let text = try String(contentsOf: directory.appending(path: name), encoding: .utf8)
            #expect(try ShippedFiles(directories: nil).contents(of: "\(folder)/\(name)") == text)
        }
    }

    @Test func theUsersOwnFileWins() throws {
        try write("mine: true\n", to: "models/catalog.yaml")
        #expect(try shipped.contents(of: "models/catalog.yaml") == "mine: true\n")
        #expect(try shipped.userContents(of: "models/catalog.yaml") == "mine: true\n")
        #expect(try shipped.builtInContents(of: "models/catalog.yaml").contains("smollm2-135m-instruct"))
    }

    @Test func theUsersFurtherFilesAreListed() throws {
        try write("", to: "themes/zebra.yaml")
        try write("", to: "themes/notes.txt")
        let names = shipped.names(in: "themes")
        #expect(names.contains("zebra.yaml"))
        #expect(!names.contains("notes.txt"))
        #expect(try shipped.contents(of: "themes/zebra.yaml") == "")
    }

    @Test func anUnknownNameSaysWhereItWasLookedFor() {
        let error = #expect(throws: ShippedFilesError.self) { try shipped.contents(of: "themes/none.yaml") }
        #expect(error?.description.contains("themes/none.yaml") == true)
        #expect(error?.description.contains(".config/diptych") == true)
    }

    @Test func aFileThatIsNotTextIsNamed() throws {
        try write("", to: "themes/odd.yaml")
        try Data([0xFF, 0xFE, 0x00]).write(to: home.appending(path: ".config/diptych/themes/odd.yaml"))
        let error = #expect(throws: ShippedFilesError.self) { try shipped.contents(of: "themes/odd.yaml") }
        #expect(error?.description.contains("odd.yaml: expected UTF-8 text") == true)
    }
}
