import Foundation
import Playground

/// Reads a text for the prompt.
struct ReadFile {
    /// A prompt that is longer than this isn't one.
    private static let limit = 4 << 20

    var path: String

    func perform(in context: EffectContext) {
        let path = (path as NSString).expandingTildeInPath
        context.runErrand { .fileRead(path, Self.read(path)) }
    }

    private static func read(_ path: String) -> Outcome<String> {
        guard FileManager.default.fileExists(atPath: path) else {
            return .failure("\(path): expected a text file, found none of this name; check the path")
        }
        do {
            let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
            guard size <= limit else {
                return .failure("\(path): expected a text of at most 4 MB, found \(size) bytes; take a part of it")
            }
            guard let text = String(validating: try FileBytes.read(path), as: UTF8.self) else {
                return .failure("\(path): expected UTF-8 text, found other bytes; convert it, for instance with iconv")
            }
            return .success(text.hasSuffix("\n") ? String(text.dropLast()) : text)
        } catch {
            return .failure(String(oneLine: error))
        }
    }
}
