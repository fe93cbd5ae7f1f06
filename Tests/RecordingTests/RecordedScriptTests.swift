import Chat
import Testing

@testable import Recording

@Suite struct RecordedScriptTests {
    @Test func followsTheSession() throws {
        let steps = RecordedScript(try Sample.session()).steps
        let vote = Vote(prompt: "Name a river.", panes: [1, 0], outcome: .won(pane: 1), at: .seconds(2))
        #expect(
            steps == [
                .open(0), .open(1), .pause(.milliseconds(980)),
                .send(submission(1, "Name a river.", [0, 1])),
                // The second answer ended 1261 ms after the start.
                .pause(.milliseconds(739)), .vote(vote), .pause(.seconds(3)),
                .send(submission(2, "And a lake?", [2, 3])), .pause(.seconds(3)),
                .remark(Remark(text: "The lakes were a mistake.", at: .seconds(40))), .close(1),
            ])
    }

    @Test func pausesAreCutWhereAsked() throws {
        let pauses = RecordedScript(try Sample.session(), longestPause: .milliseconds(800)).steps.compactMap { step in
            if case .pause(let pause) = step { pause } else { nil }
        }
        #expect(pauses == [800, 739, 800, 800].map { .milliseconds($0) })
    }

    @Test func repeatsOfOneTurnBelongTogetherButNotWithItsAnswer() throws {
        var records: [SessionRecord] = [.paneOpened(Sample.opening(0))]
        for (run, purpose) in [RunStart.Purpose.answer, .warmUp, .repeat, .repeat].enumerated() {
            records.append(
                .runStarted(Sample.start(run, pane: 0, turn: 1, purpose: purpose, at: .seconds(1))))
        }
        let submissions = try Sample.session(records).submissions
        #expect(submissions.map(\.runs) == [[0], [1], [2, 3]])
        #expect(submissions.map(\.purpose) == [.answer, .warmUp, .repeat])
    }

    private func submission(_ turn: Int, _ prompt: String, _ runs: [Int]) -> RecordedScript.Submission {
        RecordedScript.Submission(turn: turn, purpose: .answer, prompt: prompt, isConcurrent: false, runs: runs)
    }
}
