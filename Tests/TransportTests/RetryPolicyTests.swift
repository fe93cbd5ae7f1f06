import Foundation
import Testing
import Transport

@Suite struct RetryPolicyTests {
    private let policy = RetryPolicy(attempts: 4, firstPause: 0.5, longestPause: 30)
    /// 2026-11-29 12:00:00 UTC, a Sunday.
    private let now = Date(timeIntervalSince1970: 1_795_953_600)

    private func pause(
        _ attempt: Int, status: Int = 429, retryAfter: String? = nil, jitter: Double = 0.5
    ) -> Double? {
        policy.pause(after: attempt, status: status, retryAfter: retryAfter, now: now, jitter: jitter)
    }

    @Test func pausesGrow() {
        #expect([1, 2, 3].map { pause($0) } == [0.5, 1, 2])
        #expect(pause(4) == nil)
    }

    @Test func clientsAreSpread() {
        #expect(pause(1, jitter: 0) == 0.375)
        #expect(pause(1, jitter: 1) == 0.625)
    }

    @Test(arguments: [
        ("2", 2.0), (" 0 ", 0), ("1.5", 1.5), ("Sun, 29 Nov 2026 12:00:07 GMT", 7),
        ("Sun, 29 Nov 2026 11:00:00 GMT", 0), ("31", nil), ("Mon, 30 Nov 2026 12:00:00 GMT", nil),
    ])
    func theServersWishIsHonouredIfItIsShort(_ header: String, _ seconds: Double?) {
        #expect(pause(1, retryAfter: header) == seconds)
    }

    @Test(arguments: ["soon", "-3", "nan", ""])
    func nonsenseIsIgnored(_ header: String) {
        #expect(pause(1, retryAfter: header) == 0.5)
    }

    @Test(arguments: [(429, true), (503, true), (200, false), (400, false), (401, false), (500, false), (504, false)])
    func onlyThePromiseOfSuccessCounts(_ status: Int, _ isRetried: Bool) {
        #expect((pause(1, status: status) != nil) == isRetried)
    }
}
