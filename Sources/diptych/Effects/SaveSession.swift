import Foundation
import Playground

/// Keeps the recorded conversation in another file.
struct SaveSession {
    var path: String

    func perform(in context: EffectContext) {
        let path = path
        guard let source = context.recorder?.path else {
            context.post(.fileWritten(.failure(RecordedConversation.missing(context))))
            return
        }
        context.runErrand {
            do {
                return .fileWritten(NewFile.write(try Data(contentsOf: URL(filePath: source)), to: path))
            } catch {
                return .fileWritten(.failure("\(source): \(String(oneLine: error))"))
            }
        }
    }
}

/// The file that the playground records into.
enum RecordedConversation {
    /// Why there is none.
    static func missing(_ context: EffectContext) -> String {
        context.recorder == nil
            ? "nothing is recorded: config.yaml says 'record: false', or --no-record was given"
            : "nothing is recorded yet; ask something first"
    }
}
