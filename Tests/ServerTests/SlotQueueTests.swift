import Testing

@testable import Server

@Suite struct SlotQueueTests {
    private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    @Test("who comes first is served first; who comes when the queue is full is sent away")
    func order() {
        var queue = SlotQueue<Int>(slots: 1, capacity: 2)
        #expect(queue.request(1, for: []) == .granted(slot: 0))
        #expect(queue.request(2, for: []) == .queued(before: 0))
        #expect(queue.request(3, for: []) == .queued(before: 1))
        #expect(queue.request(4, for: []) == .full)
        #expect(queue.release(0, holding: []) == 2)
        #expect(queue.request(5, for: []) == .queued(before: 1))
        #expect(queue.release(0, holding: []) == 3)
        #expect(queue.release(0, holding: []) == 5)
        #expect(queue.release(0, holding: []) == nil)
        #expect(queue.freeCount == 1 && queue.waitingCount == 0)
    }

    @Test("who gives up makes room")
    func cancelled() {
        var queue = SlotQueue<Int>(slots: 1, capacity: 1)
        _ = queue.request(1, for: [])
        _ = queue.request(2, for: [])
        var gaveUp = queue.cancel(2)
        #expect(gaveUp)
        gaveUp = queue.cancel(2)
        #expect(!gaveUp, "once")
        #expect(queue.request(3, for: []) == .queued(before: 0))
        #expect(queue.release(0, holding: []) == 3)
    }

    @Test("a conversation goes on where its beginning is, another takes the slot that was used longest ago")
    func affinity() {
        var queue = SlotQueue<Int>(slots: 3, capacity: 0)
        for (ticket, text) in ["system. cats purr a lot", "system. dogs", "birds"].enumerated() {
            #expect(queue.request(ticket, for: bytes(text)) == .granted(slot: ticket))
        }
        _ = queue.release(0, holding: bytes("system. cats purr a lot"))
        _ = queue.release(1, holding: bytes("system. dogs"))
        _ = queue.release(2, holding: bytes("birds"))
        #expect(queue.request(3, for: bytes("system. dogs bark")) == .granted(slot: 1))
        #expect(queue.request(4, for: bytes("birds sing")) == .granted(slot: 2))
        _ = queue.release(2, holding: bytes("birds sing"))
        #expect(queue.request(5, for: bytes("fish")) == .granted(slot: 0), "the longest unused")
    }

    @Test("a common system prompt alone doesn't cost another conversation its slot")
    func commonBeginning() {
        var queue = SlotQueue<Int>(slots: 2, capacity: 0)
        _ = queue.request(1, for: bytes("system: a long talk about many things"))
        _ = queue.release(0, holding: bytes("system: a long talk about many things"))
        #expect(queue.request(2, for: bytes("system: new")) == .granted(slot: 1))
        _ = queue.release(1, holding: bytes("system: new"))
        #expect(queue.request(3, for: bytes("system: a long talk")) == .granted(slot: 0), "the same prompt once more")
    }

    @Test("a closed queue sends everybody away")
    func closed() {
        var queue = SlotQueue<Int>(slots: 1, capacity: 4)
        _ = queue.request(1, for: [])
        _ = queue.request(2, for: [])
        _ = queue.request(3, for: [])
        #expect(queue.close() == [2, 3])
        #expect(queue.request(4, for: []) == .closed)
        #expect(queue.release(0, holding: []) == nil)
    }

    @Test("however requests come, wait, give up and end, no slot is lost or given twice", arguments: 0..<100)
    func anyOrder(seed: UInt64) {
        var generator = SeededNumbers(seed: seed)
        var queue = SlotQueue<Int>(slots: 3, capacity: 5)
        var busy: [Int: Int] = [:]
        var waiting: [Int] = []
        for ticket in 0..<400 {
            switch Int.random(in: 0..<5, using: &generator) {
            case 0...2:
                let text = bytes(String(Int.random(in: 0..<50, using: &generator)))
                switch queue.request(ticket, for: text) {
                case .granted(let slot):
                    #expect(busy[slot] == nil && waiting.isEmpty)
                    busy[slot] = ticket
                case .queued(let before):
                    #expect(before == waiting.count && busy.count == 3)
                    waiting.append(ticket)
                case .full: #expect(waiting.count == 5)
                case .closed: Issue.record("it is open")
                }
            case 3:
                guard let slot = busy.keys.randomElement(using: &generator) else { continue }
                busy[slot] = nil
                let next = queue.release(slot, holding: [])
                #expect(next == waiting.first)
                if let next {
                    busy[slot] = next
                    waiting.removeFirst()
                }
            default:
                guard let index = waiting.indices.randomElement(using: &generator) else { continue }
                let gaveUp = queue.cancel(waiting.remove(at: index))
                #expect(gaveUp)
            }
            #expect(queue.freeCount == 3 - busy.count && queue.waitingCount == waiting.count)
        }
    }
}
