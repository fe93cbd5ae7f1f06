import Configuration
import Foundation
import Playground
import Recording
import Screen
import ScreenTestSupport
import Testing

@testable import diptych

/// The README's pictures: what `replay` shows of a session that was really recorded.
@Suite struct PictureTests {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    @Test("two answers side by side")
    func comparison() throws {
        var stage = try ReplayStage(session: Self.session(), size: Size(columns: 100, rows: 30))
        stage.play()
        try expectPicture(stage.state, "screen", "Diptych: two models side by side, their answers, latency and memory")
    }

    @Test("one token, and what could have stood there")
    func inspector() throws {
        var stage = try ReplayStage(session: Self.session(), size: Size(columns: 100, rows: 30))
        stage.play()
        stage.press(.function(9))
        try expectPicture(stage.state, "inspector", "The inspector: a token's likelihood, time and alternatives")
    }

    private static func session() throws -> RecordedSession {
        try RecordedSession(reading: SessionFile(path: root.appending(path: "docs/session.jsonl").path))
    }

    private func expectPicture(_ state: State, _ name: String, _ title: String) throws {
        let theme = try ThemeFile(
            yaml: String(contentsOf: Self.root.appending(path: "themes/night.yaml"), encoding: .utf8),
            file: "night.yaml")
        let picture = FrameSVG.svg(of: render(state), palette: theme.palette, title: title)
        try expectText(picture, matchesFileAt: Self.root.appending(path: "docs/\(name).svg"))
        let readme = try String(contentsOf: Self.root.appending(path: "README.md"), encoding: .utf8)
        #expect(readme.contains("docs/\(name).svg"))
    }
}

/// A playground that goes through a recorded session at once.
private struct ReplayStage {
    private(set) var state: State
    private let session: RecordedSession
    /// For each pane the runs that it has yet to play.
    private var runs: [PaneID: [RecordedRun]] = [:]

    init(session: RecordedSession, size: Size) {
        self.session = session
        let panes = ReplayDirector(session, speed: .immediate).firstPanes.map {
            Pane(role: $0.opening.role, model: $0.opening.model, id: PaneID($0.opening.pane))
        }
        state = State(size: size, panes: panes, isReplay: true)
        for run in session.runs { runs[PaneID(run.start.pane), default: []].append(run) }
    }

    mutating func play() {
        take(.started)
        for step in RecordedScript(session).steps.dropFirst(state.panes.count) {
            for action in session.replayActions(of: step, warmsUp: false) { take(.replay(action)) }
        }
    }

    mutating func press(_ key: Key) { take(.input(.key(key))) }

    private mutating func take(_ event: Event) {
        for effect in state.update(event) {
            switch effect {
            case .load(let request):
                guard let pane = session.panes.first(where: { $0.opening.pane == request.pane.number }) else {
                    continue
                }
                take(.load(request.id, .ready(pane.opening.profile, nil)))
            case .generate(let request):
                guard let run = runs[request.pane]?.first else { continue }
                runs[request.pane]?.removeFirst()
                for event in run.events { take(.run(request.id, .chat(event))) }
            default: break
            }
        }
    }
}
