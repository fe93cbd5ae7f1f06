import Chat
import Dispatch
import Playground
import Synchronization

/// What effects act on: the services, the models that are open, and the work that is under way.
final class EffectContext: Sendable {
    /// Names a piece of work, so that it can be cancelled.
    enum Work: Hashable, Sendable {
        case load(pane: PaneID)
        case run(RunID, pane: PaneID)
        case list
        case pull(String)
        case task(TaskID)
        /// Anything that nobody cancels by its name.
        case errand(Int)
    }

    private struct Contents {
        var backends: [PaneID: any ChatBackend] = [:]
        /// The latest load of each pane; only its result counts.
        var loads: [PaneID: LoadID] = [:]
        var tasks: [Work: (number: Int, task: Task<Void, Never>)] = [:]
        var lastNumber = 0
    }

    let services: any PlaygroundServices
    /// Nil where nothing is recorded.
    let recorder: SessionRecorder?
    /// Sends an event back to the playground. May be called from any thread.
    let post: @Sendable (Event) -> Void
    private let contents = Mutex(Contents())

    init(
        services: any PlaygroundServices, recorder: SessionRecorder? = nil,
        post: @escaping @Sendable (Event) -> Void
    ) {
        self.services = services
        self.recorder = recorder
        self.post = post
    }

    // MARK: Models

    func backend(of pane: PaneID) -> (any ChatBackend)? {
        contents.withLock { $0.backends[pane] }
    }

    /// Lets go of a pane's model, because another one is to be opened or the pane is gone, and stops all work with it.
    /// - Returns: the work that still has to end before the model is gone.
    func release(pane: PaneID, for load: LoadID?) -> [Task<Void, Never>] {
        let (backend, tasks) = contents.withLock { contents in
            contents.loads[pane] = load
            let tasks = contents.tasks.filter { $0.key.isAbout(pane) }.map(\.value.task)
            return (contents.backends.removeValue(forKey: pane), tasks)
        }
        for task in tasks { task.cancel() }
        // The last reference may go here, outside of the lock.
        withExtendedLifetime(backend) {}
        return tasks
    }

    /// Gives a pane its model, unless another one has been asked for meanwhile.
    func adopt(_ backend: any ChatBackend, pane: PaneID, load: LoadID) -> Bool {
        contents.withLock { contents in
            guard contents.loads[pane] == load else { return false }
            contents.backends[pane] = backend
            return true
        }
    }

    // MARK: Work

    /// Starts work that can be cancelled by its name.
    func start(_ work: Work, _ operation: @escaping @Sendable () async -> Void) {
        contents.withLock { contents in
            contents.lastNumber += 1
            let number = contents.lastNumber
            let task = Task {
                await operation()
                self.finish(work, number)
            }
            contents.tasks[work] = (number, task)
        }
    }

    /// Starts work that blocks, on a thread of its own, and posts what it comes to.
    func runErrand(_ work: @escaping @Sendable () -> Event?) {
        let number = contents.withLock { contents in
            contents.lastNumber += 1
            return contents.lastNumber
        }
        start(.errand(number)) { [self] in
            guard let event = try? await onOwnThread(work) else { return }
            post(event)
        }
    }

    func cancel(where isMeant: (Work) -> Bool) {
        let tasks = contents.withLock { contents in
            contents.tasks.filter { isMeant($0.key) }.map(\.value.task)
        }
        for task in tasks { task.cancel() }
    }

    /// Cancels everything and waits a while for it to end. Blocks.
    func shutDown(within limit: Duration) {
        let tasks = contents.withLock { $0.tasks.values.map(\.task) }
        for task in tasks { task.cancel() }
        let ended = DispatchSemaphore(value: 0)
        Task {
            for task in tasks { await task.value }
            ended.signal()
        }
        _ = ended.wait(timeout: .now() + (limit / .seconds(1)))
    }

    private func finish(_ work: Work, _ number: Int) {
        contents.withLock { contents in
            if contents.tasks[work]?.number == number { contents.tasks[work] = nil }
        }
    }
}

extension EffectContext.Work {
    fileprivate func isAbout(_ wanted: PaneID) -> Bool {
        switch self {
        case .load(let pane), .run(_, let pane): pane == wanted
        case .list, .pull, .task, .errand: false
        }
    }
}
