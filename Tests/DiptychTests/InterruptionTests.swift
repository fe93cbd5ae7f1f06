import Chat
import ChatTestSupport
import Foundation
import Testing

@testable import diptych

@Suite("Ctrl+C")
struct InterruptionTests {
    @Test("ends a run with 130, however long the answer would have become")
    func interrupt() async {
        await #expect(processExitsWith: ExitTest.Condition.exitCode(130)) {
            let token = ChatToken(text: "first", at: .zero)
            let backend = ScriptedBackend(script: [.event(.token(token)), .waitForCancellation])
            let request = ChatRequest(messages: [Message(role: .user, content: "Go on.")])
            do {
                try await cancellableByInterrupt {
                    _ = try await backend.generate(request) { _ in kill(getpid(), SIGINT) }
                }
            } catch {
                exit(ExitStatus.reporting(error, arguments: []).rawValue)
            }
        }
    }

    @Test("twice ends the process even where the work doesn't listen")
    func interruptTwice() async {
        await #expect(processExitsWith: ExitTest.Condition.exitCode(130)) {
            _ = try? await cancellableByInterrupt {
                while true {
                    kill(getpid(), SIGINT)
                    try? await Task.sleep(for: .milliseconds(5))
                }
            }
        }
    }

    @Test("what the work returns or throws comes through where nobody interrupts")
    func passThrough() async throws {
        #expect(try await cancellableByInterrupt { 7 } == 7)
        await #expect(throws: CommandFailure.self) {
            try await cancellableByInterrupt { throw CommandFailure(message: "no") }
        }
    }
}
