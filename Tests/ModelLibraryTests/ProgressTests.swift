import Reports
import Testing

@testable import ModelLibrary

@Suite struct ProgressLineTests {
    private let half = PullProgress(
        phase: .downloading(source: "PyPI", part: 12, parts: 22), bytes: 558_660_384, totalBytes: 1_117_320_768,
        bytesPerSecond: 45_200_000)

    @Test func everythingWhereThereIsRoom() {
        #expect(
            ProgressLine(width: 100).text(half)
                == "PyPI, part 12 of 22  ██████████████░░░░░░░░░░░░░░   50%   559 MB of 1.12 GB   45.2 MB/s    13 s left"
        )
    }

    @Test func eightyColumnsHaveTheRateAndTheTimeLeft() {
        #expect(
            ProgressLine(width: 79, isUnicode: false).text(half)
                == "PyPI, part 12 of 22  #############--------------   50%   45.2 MB/s    13 s left")
    }

    @Test(arguments: 0...130) func neverTooWide(width: Int) {
        let phases: [PullProgress.Phase] = [
            .waiting(holder: 12345), .waiting(holder: nil), .checkingSpace, .verifying, .done,
            .downloading(source: "Hugging Face", part: 1, parts: 1), half.phase,
        ]
        for phase in phases {
            for (bytes, rate) in [(0, nil), (999_999_999, 1.0), (1_117_320_768, 1e12), (1, 1.5)] {
                let progress = PullProgress(
                    phase: phase, bytes: bytes, totalBytes: 1_117_320_768, bytesPerSecond: rate)
                #expect(ProgressLine(width: width).text(progress).count <= width)
            }
        }
    }

    @Test func narrowLinesKeepThePercentage() {
        #expect(ProgressLine(width: 20).text(half) == "███████░░░░░░░   50%")
        #expect(ProgressLine(width: 5).text(half) == " 50%")
    }

    @Test func nothingIsKnownOfAnEmptyTotal() {
        let progress = PullProgress(phase: .verifying, bytes: 0, totalBytes: 0)
        #expect(ProgressLine(width: 60).text(progress).contains("0%"))
    }

    @Test(arguments: [
        (0.2, "1 s"), (59.0, "59 s"), (59.5, "1:00"), (187, "3:07"), (3765, "1:02:45"), (1e9, "days"),
    ])
    func durations(seconds: Double, text: String) {
        #expect(TimeText.short(seconds) == text)
    }

    @Test(arguments: [
        (0, "0 B"), (999, "999 B"), (1000, "1.00 kB"), (9994, "9.99 kB"), (9996, "10.0 kB"), (99_949, "99.9 kB"),
        (99_950, "100 kB"), (999_499, "999 kB"), (999_500, "1.00 MB"), (98_362_432, "98.4 MB"),
        (1_117_320_768, "1.12 GB"), (Int.max, "9.22 EB"),
    ])
    func sizes(bytes: Int, text: String) {
        #expect(ByteSize.text(bytes) == text)
    }
}

@Suite struct ProgressTextTests {
    private func downloading(_ bytes: Int, part: Int = 1, notice: String? = nil) -> PullProgress {
        PullProgress(
            phase: .downloading(source: "PyPI", part: part, parts: 2), bytes: bytes, totalBytes: 100, notice: notice)
    }

    @Test func aTerminalsLineIsDrawnOverItself() {
        var text = ProgressText(terminal: ProgressLine(width: 40, isUnicode: false))
        #expect(text.text(for: downloading(50), at: 0) == "\rPyPI, part 1 of 2  #######--------   50%\u{1B}[K")
        #expect(
            text.text(for: downloading(50, notice: "Oh."), at: 0)
                == "\r\u{1B}[KOh.\n\rPyPI, part 1 of 2  #######--------   50%\u{1B}[K")
        #expect(text.text(for: PullProgress(phase: .done, bytes: 100, totalBytes: 100), at: 0) == "\r\u{1B}[K")
        #expect(text.end() == "")
    }

    @Test func elsewhereALineEveryFewSeconds() {
        var text = ProgressText(terminal: nil)
        let written = (0...120).map { text.text(for: downloading($0 / 2), at: Double($0) / 10) }
        #expect(written.filter { !$0.isEmpty }.count == 3)
        #expect(written[0].hasSuffix("  0%        0 B of 100 B\n"))
        #expect(written.allSatisfy { !$0.contains("\u{1B}") && !$0.contains("\r") })
    }

    @Test func elsewhereANewPhaseOrANoticeIsTold() {
        var text = ProgressText(terminal: nil)
        _ = text.text(for: downloading(1), at: 0)
        #expect(text.text(for: downloading(1, notice: "Oh."), at: 0.1) == "Oh.\n")
        let verifying = PullProgress(phase: .verifying, bytes: 100, totalBytes: 100)
        #expect(text.text(for: verifying, at: 0.2).hasPrefix("verifying"))
        #expect(text.text(for: PullProgress(phase: .done, bytes: 1, totalBytes: 1), at: 0.3) == "")
    }
}

@Suite struct RateEstimateTests {
    @Test func aSteadyRateIsFound() throws {
        var rate = RateEstimate()
        #expect(rate.bytesPerSecond == nil)
        for tick in 0...100 { rate.add(bytes: tick * 1000, at: Double(tick) / 2) }
        #expect(abs(try #require(rate.bytesPerSecond) - 2000) < 0.001)
    }

    @Test func aPauseLowersItByDegrees() throws {
        var rate = RateEstimate()
        for tick in 0...20 { rate.add(bytes: tick * 1000, at: Double(tick)) }
        for tick in 21...24 { rate.add(bytes: 20_000, at: Double(tick)) }
        // Four seconds of silence: 1/e of the rate.
        #expect(abs(try #require(rate.bytesPerSecond) - 367.88) < 0.01)
    }

    @Test func waitingForTheFirstByteDoesNotCount() throws {
        var rate = RateEstimate()
        for tick in 0...10 { rate.add(bytes: 0, at: Double(tick)) }
        rate.add(bytes: 500, at: 10.5)
        #expect(abs(try #require(rate.bytesPerSecond) - 1000) < 0.001)
    }

    @Test func burstsAreTakenTogether() {
        var rate = RateEstimate()
        rate.add(bytes: 0, at: 0)
        rate.add(bytes: 1_000_000, at: 0.001)
        #expect(rate.bytesPerSecond == nil)
    }

    @Test func aFallingCountIsNoNegativeRate() throws {
        var rate = RateEstimate()
        rate.add(bytes: 0, at: 0)
        rate.add(bytes: 1000, at: 1)
        rate.add(bytes: 0, at: 1000)
        #expect(abs(try #require(rate.bytesPerSecond)) < 1e-9)
    }
}

@Suite struct PullReporterTests {
    /// A clock that moves when told.
    private final class Clock {
        var now = 0.0
    }

    @Test func atMostTenReportsASecond() {
        let (log, clock) = (ProgressLog(), Clock())
        let reporter = PullReporter(totalBytes: 1000, send: log.add, seconds: { clock.now })
        reporter.begin(.downloading(source: "A", part: 1, parts: 1), bytes: 0)
        for tick in 1...1000 {
            clock.now = Double(tick) / 1000
            reporter.advance(to: tick)
        }
        #expect((9...12).contains(log.reports.count))
    }

    @Test func bytesNeverFallWithinASource() {
        let (log, clock) = (ProgressLog(), Clock())
        let reporter = PullReporter(totalBytes: 100, send: log.add, seconds: { clock.now })
        reporter.begin(.downloading(source: "A", part: 1, parts: 2), bytes: 0)
        clock.now = 1
        reporter.advance(to: 60)
        reporter.begin(.downloading(source: "A", part: 2, parts: 2), bytes: 55)
        clock.now = 2
        reporter.advance(to: 1000)
        #expect(log.reports.map(\.bytes) == [0, 60, 60, 100])
        #expect(log.reports.last?.bytesPerSecond != nil)
    }

    @Test func aNewSourceBeginsWhereItBegins() {
        let log = ProgressLog()
        let reporter = PullReporter(totalBytes: 100, send: log.add, seconds: { 0 })
        reporter.begin(.downloading(source: "A", part: 1, parts: 1), bytes: 80)
        reporter.tell("A failed")
        reporter.begin(.downloading(source: "B", part: 1, parts: 1), bytes: 0)
        #expect(log.reports.map(\.bytes) == [80, 80, 0])
        #expect(log.reports.map(\.notice) == [nil, "A failed", nil])
    }
}
