import Foundation
import Playground
import TerminalIO

/// Opens the user's own editor, which has the terminal until it ends. Blocks.
struct EditExternally {
    var text: String

    func perform(on device: any TerminalDevice, environment: [String: String] = ProcessInfo.processInfo.environment)
        -> Event
    {
        let editor = ["VISUAL", "EDITOR"].compactMap { environment[$0] }.first { !$0.isEmpty } ?? "vi"
        let folder = FileManager.default.temporaryDirectory.appending(path: "diptych-\(UUID().uuidString)")
        let file = folder.appending(path: "prompt.md")
        defer { try? FileManager.default.removeItem(at: folder) }
        do {
            // Nobody else is to read a prompt.
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
            try Data(text.utf8).write(to: file)
            let status = try device.run("\(editor) \"$1\"", arguments: [file.path])
            guard status == 0 else {
                return .edited(.failure("\(editor) ended with status \(status); the prompt stays as it was"))
            }
            let edited = String(decoding: try Data(contentsOf: file), as: UTF8.self)
            return .edited(.success(edited.hasSuffix("\n") ? String(edited.dropLast()) : edited))
        } catch {
            return .edited(.failure("the editor can't be used: \(String(oneLine: error)); set EDITOR"))
        }
    }
}
