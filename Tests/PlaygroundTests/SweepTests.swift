import Chat
import PlaygroundTestSupport
import Reports
import Screen
import ScreenTestSupport
import Testing

@testable import Playground

@Suite struct SweepTests {
    /// From nothing to large: nothing crashes, and the cursor stands on the screen.
    @Test func everySizeIsDrawn() {
        var driver = PlaygroundSample.finished()
        driver.send(.modelsListed(PlaygroundSample.listings))
        let states = [Action.help, .models, .parameters, .systemPrompt, .palette].map { action in
            var state = driver.state
            _ = state.perform(action)
            return state
        }
        let columns = [0, 1, 2, 7, 39, 40, 41, 59, 60, 61, 79, 80, 81, 100, 119, 120, 200]
        for rows in [0, 1, 2, 5, 11, 12, 13, 16, 20, 23, 24, 25, 29, 30, 31, 40, 60] {
            for columns in columns {
                for state in [driver.state] + states {
                    var state = state
                    _ = state.update(.input(.resize(Size(columns: columns, rows: rows))))
                    let frame = render(state)
                    #expect(frame.size == Size(columns: columns, rows: rows))
                    if let cursor = frame.cursor { #expect(Rect(frame.size).contains(cursor)) }
                }
            }
        }
    }

    @Test func tooSmallAScreenSaysSo() {
        expectFrame(
            render(PlaygroundSample.state(size: Size(columns: 30, rows: 3))), "Diptych needs 40x12; this is\n30x3.")
    }

    /// Random keys, events and sizes, from a seed: nothing crashes, and what must hold holds.
    @Test(arguments: 1...6) func randomEventsDoNoHarm(_ seed: Int) {
        var random = Seeded(state: UInt64(seed))
        var driver = PlaygroundSample.starting()
        driver.send(.started)
        for step in 0..<500 {
            for effect in driver.send(Self.event(driver, &random)) where effect == .exit {
                #expect(!driver.state.isBusy)
            }
            for pane in driver.state.panes {
                // Only the latest turn may be open.
                #expect(pane.turns.dropLast().allSatisfy { !$0.isOpen })
                if case .line(let line) = pane.scroll { #expect(line >= 0) }
            }
            if step.isMultiple(of: 5) {
                let frame = render(driver.state)
                if let cursor = frame.cursor { #expect(Rect(frame.size).contains(cursor), "seed \(seed)") }
            }
        }
    }

    private static func event(_ driver: PlaygroundDriver, _ random: inout Seeded) -> Event {
        let load = LoadID(Int.random(in: 1...12, using: &random))
        let run = driver.runs.randomElement(using: &random)?.id ?? RunID(1)
        func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
        switch number(0...19) {
        case 0: return .load(load, .ready(PlaygroundSample.smallProfile, nil))
        case 1: return .load(load, .failed("no"))
        case 2: return .run(run, .chat(.finished(.stop, at: .milliseconds(5))))
        case 3: return .run(run, .failed("no"))
        case 4, 5, 6:
            let text = texts[number(0...texts.count - 1)]
            return .run(run, .chat(.token(ChatToken(text: text, at: .milliseconds(number(0...90))))))
        case 7: return .modelsListed(Array(PlaygroundSample.listings.prefix(number(0...5))))
        case 8: return .pull("gemma3-270m", pulls[number(0...pulls.count - 1)])
        case 9: return .input(.resize(Size(columns: number(0...130), rows: number(0...45))))
        case 10: return .input(.paste("pasted\r\ntext 日本\u{7}"))
        case 11: return .input(.key(.character(texts[number(0...texts.count - 1)].last ?? "x")))
        default:
            let keys = Keymap.standard.bindings.flatMap(\.keys)
            return .input(.key(keys[number(0...keys.count - 1)]))
        }
    }

    private static let texts = ["a", "日本 ", "\n", "\u{1B}[2J", "👩‍👩‍👧", " word", "é", "?"]
    private static let pulls: [PullEvent] = [.finished, .verifying, .failed("no"), .cancelled]
}
