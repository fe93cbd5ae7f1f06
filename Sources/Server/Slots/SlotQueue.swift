/// Who may use which of a model's slots, and who waits: first come, first served. Pure.
///
/// A slot's cache holds the conversation that it answered last. Where several slots are free, the one that holds the
/// beginning of the conversation is chosen, otherwise the one that was used longest ago.
struct SlotQueue<Ticket: Hashable & Sendable>: Sendable {
    enum Outcome: Equatable {
        case granted(slot: Int)
        /// So many are before it.
        case queued(before: Int)
        /// As many wait as may.
        case full
        /// Nobody is let in any more.
        case closed
    }

    private struct Slot {
        var isFree = true
        /// What the slot's cache holds, as bytes of its conversation.
        var held: [UInt8] = []
        /// Rises with each use.
        var lastUse = 0
    }

    private var slots: [Slot]
    private let capacity: Int
    private var waiting: [Ticket] = []
    private var uses = 0
    private var isClosed = false

    /// - Parameters:
    ///   - slots: 1 or more.
    ///   - capacity: how many may wait.
    init(slots: Int, capacity: Int) {
        self.slots = Array(repeating: Slot(), count: max(1, slots))
        self.capacity = max(0, capacity)
    }

    var waitingCount: Int { waiting.count }
    var freeCount: Int { slots.count { $0.isFree } }

    /// Asks for a slot. O(slots x conversation).
    mutating func request(_ ticket: Ticket, for conversation: [UInt8]) -> Outcome {
        guard !isClosed else { return .closed }
        if waiting.isEmpty, let slot = bestSlot(for: conversation) {
            use(slot)
            return .granted(slot: slot)
        }
        guard waiting.count < capacity else { return .full }
        waiting.append(ticket)
        return .queued(before: waiting.count - 1)
    }

    /// Gives up waiting.
    /// - Returns: whether the ticket was waiting.
    mutating func cancel(_ ticket: Ticket) -> Bool {
        guard let index = waiting.firstIndex(of: ticket) else { return false }
        waiting.remove(at: index)
        return true
    }

    /// Gives a slot back, with what its cache holds now.
    /// - Returns: who may use it next.
    mutating func release(_ slot: Int, holding conversation: [UInt8]) -> Ticket? {
        slots[slot].isFree = true
        slots[slot].held = conversation
        guard !waiting.isEmpty else { return nil }
        use(slot)
        return waiting.removeFirst()
    }

    /// Lets nobody in any more.
    /// - Returns: those who waited, and wait in vain.
    mutating func close() -> [Ticket] {
        isClosed = true
        defer { waiting = [] }
        return waiting
    }

    private mutating func use(_ slot: Int) {
        uses += 1
        slots[slot].isFree = false
        slots[slot].lastUse = uses
    }

    private func bestSlot(for conversation: [UInt8]) -> Int? {
        let free = slots.indices.filter { slots[$0].isFree }
        let shared = free.map { sharedLength(slots[$0].held, conversation) }
        // A system prompt that all conversations have in common is no reason to overwrite a long one.
        let continued = zip(free, shared).filter { slot, shared in
            shared > 0 && (shared == conversation.count || shared * 2 >= slots[slot].held.count)
        }
        if let best = continued.max(by: { $0.1 < $1.1 }) { return best.0 }
        return free.min { slots[$0].lastUse < slots[$1].lastUse }
    }

    private func sharedLength(_ left: [UInt8], _ right: [UInt8]) -> Int {
        zip(left, right).prefix { $0 == $1 }.count
    }
}
