import Foundation
import Playground

/// Writes a text to a new file; one that is there stays as it is.
struct WriteFile {
    var path: String
    var text: String

    func perform(in context: EffectContext) {
        let (path, text) = (path, text)
        context.runErrand { .fileWritten(NewFile.write(text, to: path)) }
    }
}

/// Files that the user asked for: never in the place of another one.
enum NewFile {
    static func write(_ text: String, to path: String) -> Outcome<String> {
        write(Data((text.hasSuffix("\n") ? text : text + "\n").utf8), to: path)
    }

    static func write(_ data: Data, to path: String) -> Outcome<String> {
        let path = (path as NSString).expandingTildeInPath
        let folder = URL(filePath: path).deletingLastPathComponent().path
        guard FileManager.default.fileExists(atPath: folder) else {
            return .failure("\(path): expected a folder to write into, found none at \(folder); make it first")
        }
        do {
            try data.write(to: URL(filePath: path), options: .withoutOverwriting)
            return .success(path)
        } catch CocoaError.fileWriteFileExists {
            return .failure("\(path): expected a new file, found one that is there; remove it or choose another name")
        } catch {
            return .failure("\(path): \(String(oneLine: error))")
        }
    }
}
