import Machine
import Testing

@Suite struct ProcessorClockTests {
    @Test("goes on with work")
    func work() {
        let start = ProcessorClock.now
        #expect(start > .zero)
        var state: UInt64 = 1
        var rounds = 0
        while ProcessorClock.now - start < .milliseconds(20) {
            for _ in 0..<1000 { state = state &* 6_364_136_223_846_793_005 &+ 1 }
            rounds += 1
        }
        #expect(state != 1 && rounds > 0)
    }
}
