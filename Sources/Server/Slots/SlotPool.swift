import Synchronization

/// Hands a model's slots out to requests, and has the others wait.
final class SlotPool: Sendable {
    /// Why a slot can't be had.
    enum Refusal: Error {
        /// As many wait as may.
        case full
        case closed
    }

    private struct State {
        var queue: SlotQueue<Int>
        var waiting: [Int: CheckedContinuation<Int, any Error>] = [:]
        var nextTicket = 0
    }

    private let state: Mutex<State>

    init(slots: Int, capacity: Int) {
        state = Mutex(State(queue: SlotQueue(slots: slots, capacity: capacity)))
    }

    var waitingCount: Int { state.withLock { $0.queue.waitingCount } }
    var freeCount: Int { state.withLock { $0.queue.freeCount } }

    /// Runs work with a slot, once one is free.
    /// - Parameters:
    ///   - conversation: what is asked.
    ///   - work: returns what the slot's cache holds afterwards.
    /// - Throws: ``Refusal``; `CancellationError`; what the work throws.
    func withSlot(
        for conversation: [UInt8], _ work: (_ slot: Int) async throws -> [UInt8]
    ) async throws {
        let slot = try await acquire(for: conversation)
        do {
            release(slot, holding: try await work(slot))
        } catch {
            // Some of the prompt may be in the cache, nobody knows how much.
            release(slot, holding: conversation)
            throw error
        }
    }

    /// Sends those who wait away, and whoever comes.
    func close() {
        let waiting = state.withLock { state in
            state.queue.close().compactMap { state.waiting.removeValue(forKey: $0) }
        }
        for continuation in waiting { continuation.resume(throwing: Refusal.closed) }
    }

    private func acquire(for conversation: [UInt8]) async throws -> Int {
        let ticket = state.withLock { state in
            state.nextTicket += 1
            return state.nextTicket
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let outcome = state.withLock { state in
                    let outcome = state.queue.request(ticket, for: conversation)
                    if case .queued = outcome { state.waiting[ticket] = continuation }
                    return outcome
                }
                switch outcome {
                case .granted(let slot): continuation.resume(returning: slot)
                case .full: continuation.resume(throwing: Refusal.full)
                case .closed: continuation.resume(throwing: Refusal.closed)
                // The handler may have run before there was anything to cancel.
                case .queued: if Task.isCancelled { cancel(ticket) }
                }
            }
        } onCancel: {
            cancel(ticket)
        }
    }

    private func cancel(_ ticket: Int) {
        state.withLock { state in
            _ = state.queue.cancel(ticket)
            return state.waiting.removeValue(forKey: ticket)
        }?.resume(throwing: CancellationError())
    }

    private func release(_ slot: Int, holding conversation: [UInt8]) {
        let next = state.withLock { state in
            state.queue.release(slot, holding: conversation).flatMap { state.waiting.removeValue(forKey: $0) }
        }
        next?.resume(returning: slot)
    }
}
