import Chat
import Playground

/// Opens a pane's model, after the one before it is gone from memory.
struct LoadModel {
    var request: LoadRequest

    func perform(in context: EffectContext) {
        let request = request
        let leaving = context.release(pane: request.pane, for: request.id)
        context.start(.load(pane: request.pane)) {
            for task in leaving { await task.value }
            do {
                let services = context.services
                let isRecording = context.recorder != nil
                let (backend, memory, file) = try await onOwnThread {
                    let backend = try services.open(request)
                    return (backend, backend.memoryUse(), isRecording ? services.file(of: request.model) : nil)
                }
                guard context.adopt(backend, pane: request.pane, load: request.id) else { return }
                context.recorder?.paneOpened(request, profile: backend.profile, file: file)
                context.post(.load(request.id, .ready(backend.profile, memory)))
            } catch {
                context.post(.load(request.id, .failed(String(oneLine: error))))
            }
        }
    }
}
