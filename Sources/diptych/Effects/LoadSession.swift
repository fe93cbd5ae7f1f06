import Foundation
import Playground
import Recording

/// Reads a recorded conversation, to go on with it.
struct LoadSession {
    var path: String

    func perform(in context: EffectContext) {
        let path = (path as NSString).expandingTildeInPath
        context.runErrand {
            do {
                let session = try RecordedSession(reading: SessionFile(path: path))
                let earlier = EarlierSession(session)
                guard !earlier.sides.isEmpty else {
                    return .sessionRead(.failure("\(path): expected a session with a model, found none"))
                }
                return .sessionRead(.success(earlier))
            } catch {
                return .sessionRead(.failure(String(oneLine: error)))
            }
        }
    }
}
