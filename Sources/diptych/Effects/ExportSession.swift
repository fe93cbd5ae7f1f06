import Playground
import Recording

/// Writes the recorded conversation for others to read, in the format that the file's name ends in.
struct ExportSession {
    var path: String

    func perform(in context: EffectContext) {
        let path = path
        guard let source = context.recorder?.path else {
            context.post(.fileWritten(.failure(RecordedConversation.missing(context))))
            return
        }
        let format = ExportCommand.Format(fileName: path) ?? .markdown
        context.runErrand {
            do {
                let session = try RecordedSession(reading: SessionFile(path: source))
                return .fileWritten(NewFile.write(try format.text(of: session), to: path))
            } catch {
                return .fileWritten(.failure(String(oneLine: error)))
            }
        }
    }
}
