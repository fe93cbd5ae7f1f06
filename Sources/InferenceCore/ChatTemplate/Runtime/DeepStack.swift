#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Runs work that recurses on a thread whose stack is known to be deep enough.
///
/// The caller's own stack may be as small as half a megabyte, and an overflow there would end the process.
enum DeepStack {
    /// Enough for every level that ``TemplateBudget`` and ``TemplateParser`` allow, in builds without optimisation too.
    private static let bytes = 1 << 25

    /// Work that is handed to the thread, and its result on the way back. The caller touches it before the thread
    /// begins and after it has ended, never while it runs.
    private class Job: @unchecked Sendable {
        func run() {}
    }

    private final class ResultJob<Value: Sendable, Failure: Error>: Job, @unchecked Sendable {
        private let work: @Sendable () throws(Failure) -> Value
        private(set) var result: Result<Value, Failure>

        init(otherwise failure: Failure, _ work: @escaping @Sendable () throws(Failure) -> Value) {
            self.work = work
            result = .failure(failure)
        }

        override func run() {
            do throws(Failure) {
                result = .success(try work())
            } catch {
                result = .failure(error)
            }
        }
    }

    /// The result of `work`, for which the caller waits.
    ///
    /// - Parameter failure: thrown where there is no thread to be had.
    /// - Throws: What `work` throws, and `failure`.
    static func run<Value: Sendable, Failure: Error>(
        otherwise failure: Failure, _ work: @escaping @Sendable () throws(Failure) -> Value
    ) throws(Failure) -> Value {
        let job = ResultJob(otherwise: failure, work)
        runToEnd(job)
        return try job.result.get()
    }

    /// Runs the job on a new thread and waits for its end; does nothing where no thread can be made.
    private static func runToEnd(_ job: Job) {
        var attributes = pthread_attr_t()
        guard pthread_attr_init(&attributes) == 0 else { return }
        defer { pthread_attr_destroy(&attributes) }
        guard pthread_attr_setstacksize(&attributes, bytes) == 0 else { return }
        let argument = Unmanaged.passRetained(job)
        #if canImport(Darwin)
            var thread: pthread_t?
        #else
            var thread = pthread_t()
        #endif
        let status = pthread_create(
            &thread, &attributes,
            { argument in
                #if canImport(Darwin)
                    Unmanaged<Job>.fromOpaque(argument).takeRetainedValue().run()
                #else
                    argument.map { Unmanaged<Job>.fromOpaque($0).takeRetainedValue().run() }
                #endif
                return nil
            }, argument.toOpaque())
        guard status == 0 else {
            argument.release()
            return
        }
        #if canImport(Darwin)
            if let thread { pthread_join(thread, nil) }
        #else
            pthread_join(thread, nil)
        #endif
    }
}
