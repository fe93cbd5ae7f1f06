import Chat
import PlaygroundTestSupport
import Reports
import Screen
import ScreenTestSupport
import Testing

@testable import Playground

@Suite struct SweepTests {
    /// From nothing to large: nothing crashes, and whatever is drawn stays on the screen and inside its pane. One view is
    /// drawn in all widths with some heights and in all heights with some widths; of the others, each in every third
    /// one, and all of them together in all.
    @Test(arguments: PlaygroundSample.states.indices) func everySizeIsDrawn(_ index: Int) throws {
        let view = PlaygroundSample.states[index]
        let first = view.state(Size(columns: 80, rows: 24))
        let step = view.name == "finished" ? 1 : 3
        let wide = stride(from: 20 + index % step, through: 240, by: step).map {
            (columns: $0, rows: [6, 12, 13, 24, 31, 60][$0 / step % 6])
        }
        let high = stride(from: 6 + index % step, through: 80, by: step).map {
            (columns: [20, 40, 47, 60, 80, 133][$0 / step % 6], rows: $0)
        }
        let odd = [0, 1, 2, 5, 39].flatMap { columns in [0, 1, 2, 11].map { (columns: columns, rows: $0) } }
        for (columns, rows) in wide + high + odd {
            var state = first
            _ = state.update(.input(.resize(Size(columns: columns, rows: rows))))
            let frame = render(state)
            #expect(frame.size == Size(columns: columns, rows: rows))
            if let cursor = frame.cursor { #expect(Rect(frame.size).contains(cursor), "\(columns)x\(rows)") }
            #expect(hasWholeBorders(state, frame), "\(columns)x\(rows)")
        }
    }

    /// Whether no text runs over the border of a pane.
    private func hasWholeBorders(_ state: State, _ frame: Frame) -> Bool {
        let layout = state.layout
        guard !layout.isTooSmall, state.dialog == nil, !state.completion.isOpen, state.notice == nil,
            state.workbench?.isShown != true
        else {
            return true
        }
        let glyphs: [Character] = ["│", "├", "┤", "|", "+"]
        return layout.panes.allSatisfy { pane in
            pane.edge != .box
                || pane.frame.rows.dropFirst().dropLast().allSatisfy { row in
                    [pane.frame.minColumn, pane.frame.maxColumn - 1].allSatisfy {
                        glyphs.contains(frame[column: $0, row: row].glyph)
                    }
                }
        }
    }

    @Test func tooSmallAScreenSaysSo() {
        expectFrame(
            render(PlaygroundSample.state(size: Size(columns: 30, rows: 3))), "Diptych needs 40x12; this is\n30x3.")
    }

    /// Random keys, commands, events and sizes, from a seed: nothing crashes, and what must hold holds.
    @Test(arguments: 1...8) func randomEventsDoNoHarm(_ seed: Int) {
        var random = Seeded(state: UInt64(seed))
        var driver = PlaygroundSample.starting()
        driver.send(.started)
        for step in 0..<600 {
            if Int.random(in: 0...11, using: &random) == 0 {
                let command = CommandTests.rightOnes.randomElement(using: &random)
                driver.press(.escape, .escape, .control("u"))
                driver.type(command?.line ?? "")
                expectExitIsQuiet(driver.press(.enter), driver)
            } else {
                expectExitIsQuiet(driver.send(Self.event(driver, &random)), driver)
            }
            expectInvariants(of: driver.state, "seed \(seed), step \(step)")
            if step.isMultiple(of: 6) {
                let frame = render(driver.state)
                if let cursor = frame.cursor { #expect(Rect(frame.size).contains(cursor), "seed \(seed)") }
            }
        }
    }

    private func expectExitIsQuiet(_ effects: [Effect], _ driver: PlaygroundDriver) {
        if effects.contains(.exit) { #expect(!driver.state.isBusy) }
    }

    private func expectInvariants(of state: State, _ place: String) {
        #expect((1...4).contains(state.panes.count), "\(place)")
        #expect(Set(state.panes.map(\.id)).count == state.panes.count, "\(place)")
        for pane in state.panes {
            // Only the latest turn may be open.
            #expect(pane.turns.dropLast().allSatisfy { !$0.isOpen }, "\(place)")
            #expect(pane.firstTurnOfModel <= pane.turns.count, "\(place)")
            if case .line(let line) = pane.scroll { #expect(line >= 0, "\(place)") }
        }
        // Sequential runs have the machine to themselves.
        if !state.settings.isConcurrent, state.repetition?.phase == .running {
            #expect(state.panes.count { $0.turns.last?.isRunning == true } <= 1, "\(place)")
        }
        if case .pane(let index) = state.focus { #expect(state.panes.indices.contains(index), "\(place)") }
        if state.inspector != nil { #expect(state.inspectedTurn != nil && !state.isHidden, "\(place)") }
        if let zoomed = state.zoomed { #expect(state.index(of: zoomed) != nil, "\(place)") }
        if let blind = state.blind {
            #expect(Set(blind.order) == Set(state.panes.map(\.id)) && blind.order.count == 2, "\(place)")
        }
        #expect(!state.shownPanes.isEmpty, "\(place)")
        // A vote is asked for if and only if there is something to vote on.
        #expect((state.focus == .vote) == (state.isHidden && !state.isBusy), "\(place)")
        // A task has the models to itself.
        if state.workbench?.isRunning == true { #expect(!state.isBusy, "\(place)") }
        if state.repetition?.phase == .running { #expect(state.isBusy, "\(place)") }
    }

    private static func event(_ driver: PlaygroundDriver, _ random: inout Seeded) -> Event {
        let load = driver.loads.randomElement(using: &random)?.id ?? LoadID(1)
        let run = driver.runs.suffix(4).randomElement(using: &random)?.id ?? RunID(1)
        let pane = driver.state.panes.randomElement(using: &random)?.id ?? PaneID(1)
        func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
        switch number(0...30) {
        case 0:
            let profiles = [
                PlaygroundSample.smallProfile, PlaygroundSample.serviceProfile, PlaygroundSample.bareProfile,
            ]
            return .load(load, .ready(profiles[number(0...2)], nil))
        case 1: return number(0...3) == 0 ? .load(load, .failed("no")) : .load(load, .progress(0.5))
        case 2, 3, 4: return .run(run, .chat(.finished(.stop, at: .milliseconds(5))))
        case 5: return .run(run, number(0...1) == 0 ? .failed("no") : .ended)
        case 6, 7, 8:
            let text = texts[number(0...texts.count - 1)]
            let token = ChatToken.chosen(text, 0.5, over: (texts[number(0...texts.count - 1)], 0.3))
            return .run(run, .chat(.token(token)))
        case 9:
            return .modelsListed(
                Array((number(0...1) == 0 ? PlaygroundSample.listings : PlaygroundSample.found).prefix(number(0...6))))
        case 10: return .pull("gemma3-270m", pulls[number(0...pulls.count - 1)])
        case 11: return .input(.resize(Size(columns: number(0...130), rows: number(0...45))))
        case 12: return .input(.paste(number(0...2) == 0 ? "/pasted" : "pasted\r\ntext 日本\u{7}"))
        case 13: return .input(.key(.character(texts[number(0...texts.count - 1)].last ?? "x")))
        case 14: return follow(driver, number(0...4))
        case 15: return .rendered(pane, number(0...1) == 0 ? .failure("no") : .success(rendered))
        case 16: return .libraryRead(history: texts, starters: [StarterPrompt(task: "a", title: "b", text: "c")])
        case 17:
            return [Event.fileRead("f", .success("/text\n")), .edited(.success("/he")), .warned("no")][number(0...2)]
        case 18:
            guard number(0...4) == 0 else { return .copied(.success(3)) }
            let exchange = EarlierSession.Exchange(
                prompt: "old", events: [.token(ChatToken(text: "x", at: .zero))], profile: PlaygroundSample.smallProfile
            )
            let side = EarlierSession.Side(role: nil, model: "m", exchanges: [exchange])
            return .sessionRead(.success(EarlierSession(sides: Array(repeating: side, count: number(0...3)))))
        case 19:
            let point = Point(column: number(-2...130), row: number(-2...45))
            return .input(.mouse([MouseEvent.press(point), .wheelUp(point), .wheelDown(point)][number(0...2)]))
        case 21, 22: return task(driver, number)
        case 20: return .run(run, .chat(fromServer(number)))
        default:
            let keys = Keymap.standard.bindings.flatMap(\.keys)
            return .input(.key(keys[number(0...keys.count - 1)]))
        }
    }

    private static func task(_ driver: PlaygroundDriver, _ number: (ClosedRange<Int>) -> Int) -> Event {
        let id = driver.tasks.last?.id ?? TaskID(1)
        let side = number(-1...3)
        let text = texts[number(0...texts.count - 1)]
        switch number(0...9) {
        case 0:
            let sides = (0..<number(0...5)).map { TaskBoard.Side(name: "\(text)\($0)", total: number(0...9)) }
            return .task(id, .update(.began(TaskBoard(task: text, title: text, sides: sides))))
        case 1: return .task(id, .update(.phase(number(0...1) == 0 ? .failed(text) : .running, side: side)))
        case 2: return .task(id, .update(.figures([.init(text, text), .init(text, text)], side: side)))
        case 3: return .task(id, .update(.timeLeft(seconds: [nil, .nan, -1, 1e30, 5][number(0...4)])))
        case 4: return .task(id, .update(.note(text)))
        case 5: return number(0...3) == 0 ? .task(id, .failed(text)) : .task(id, .update(.note(text)))
        case 6: return .task(id, .update(.finished(TaskReport(title: text, blocks: [.text(text), .verdict(text)]))))
        default:
            let outcome = TaskBoard.Outcome(
                answer: text, isRight: [nil, true, false][number(0...2)], confidence: [nil, 0.5, .nan][number(0...2)],
                milliseconds: 1, failure: number(0...4) == 0 ? text : nil)
            return .task(
                id,
                .update(
                    .outcome(
                        outcome, side: side, id: "\(number(0...30))", text: text, expected: text,
                        wasDoneBefore: number(0...1) == 0)))
        }
    }

    private static func fromServer(_ number: (ClosedRange<Int>) -> Int) -> ChatEvent {
        switch number(0...3) {
        case 0:
            return .request(
                PlaygroundSample.timeline(steps: number(0...6), retries: number(0...2), reused: number(0...1) == 0))
        case 1: return .server(PlaygroundSample.serverReport)
        case 2: return .token(ChatToken(text: texts[number(0...texts.count - 1)], isChunk: true, at: .milliseconds(9)))
        default:
            let text = texts[number(0...texts.count - 1)]
            return .token(ChatToken(text: text, channel: .reasoning, at: .milliseconds(8)))
        }
    }

    private static func follow(_ driver: PlaygroundDriver, _ number: Int) -> Event {
        let runs = driver.effects.compactMap { if case .follow(let request) = $0 { request.id } else { nil } }
        let run = runs.last ?? RunID(1)
        let favourite = ChatToken.Alternative(id: 1, text: " b", logprob: -1)
        switch number {
        case 0: return .follow(run, .ended)
        case 1: return .follow(run, .failed("no"))
        case 2: return .follow(run, .scoring(.started(tokens: 3, sharesVocabulary: false)))
        default:
            return .follow(
                run,
                .scoring(
                    .token(ScoredToken(id: 2, text: "日本", logprob: -2, rank: number, entropy: 1, favourite: favourite)))
            )
        }
    }

    private static let texts = ["a", "日本 ", "\n", "\u{1B}[2J", "👩‍👩‍👧", " word", "é", "?"]
    private static let pulls: [PullEvent] = [.finished, .verifying, .failed("no"), .cancelled]
    private static let rendered = RenderedPrompt(
        pieces: texts.enumerated().map { RenderedPrompt.Piece(id: $0, text: $1, isSpecial: $0 == 0) },
        notes: ["a note"],
        contextLength: 64)
}
