import Screen
import Testing

@testable import Playground

@Suite struct PlaygroundLayoutTests {
    /// Every size that is drawn on, up to large ones, with one to three panes and prompts of all heights.
    @Test(arguments: [1, 2, 3])
    func partsStayInsideAndApart(_ paneCount: Int) {
        let columns = Array(40...100) + [119, 120, 121, 160, 200, 300]
        for rows in Array(12...32) + [40, 60, 100] {
            for columns in columns {
                let size = Size(columns: columns, rows: rows)
                for promptRows in [1, 3, 9] {
                    check(PlaygroundLayout(size: size, paneCount: paneCount, promptRows: promptRows), paneCount)
                }
            }
        }
    }

    private func check(_ layout: PlaygroundLayout, _ paneCount: Int) {
        let screen = Rect(layout.size)
        let parts = layout.panes.map(\.frame) + [layout.verdict, layout.promptFrame, layout.hints]
        for (index, part) in parts.enumerated() {
            #expect(!part.isEmpty, "\(layout.size)")
            #expect(part.intersection(screen) == part, "\(layout.size)")
            for other in parts[..<index] { #expect(part.intersection(other).isEmpty, "\(layout.size)") }
        }
        #expect(layout.panes.count == paneCount)
        for pane in layout.panes {
            let inside = [pane.transcript, pane.rule, pane.metrics].filter { !$0.isEmpty }
            for (index, part) in inside.enumerated() {
                #expect(part.intersection(pane.frame) == part, "\(layout.size)")
                for other in inside[..<index] { #expect(part.intersection(other).isEmpty, "\(layout.size)") }
            }
            // Three stacked panes on the smallest screens may have a title only.
            if paneCount < 3 { #expect(pane.transcript.size.rows >= 1 && !pane.metrics.isEmpty, "\(layout.size)") }
        }
        for part in [layout.promptMarker, layout.promptText] {
            #expect(part.intersection(layout.promptFrame) == part, "\(layout.size)")
        }
        #expect(layout.promptText.size.columns >= 30)
        for dialog in [layout.help, layout.palette, layout.parameters, layout.systemPrompt, layout.models(count: 4)] {
            #expect(dialog.intersection(screen) == dialog && !dialog.isEmpty, "\(layout.size)")
        }
        for list in [
            layout.helpPage, layout.paletteList, layout.parametersList, layout.systemPromptText,
            layout.modelsList(count: 4),
        ] {
            #expect(list.size.rows >= 1 && list.size.columns >= 20, "\(layout.size)")
        }
    }

    @Test func panesStandBesideEachOtherFromSixtyColumns() {
        #expect(frames(60, 24).allSatisfy { $0.minRow == 0 && $0.size.columns == 30 })
        #expect(frames(59, 24).allSatisfy { $0.minColumn == 0 && $0.size.columns == 59 })
    }

    @Test func eightyByTwentyFourHoldsEverything() {
        for promptRows in 1...4 {
            let layout = PlaygroundLayout(
                size: Size(columns: 80, rows: 24), paneCount: 2, promptRows: promptRows)
            for pane in layout.panes {
                #expect(pane.metrics.size.rows == 7)
                #expect(pane.transcript.size.rows >= 8)
                #expect(pane.transcript.size.columns == 36)
            }
            #expect(layout.promptText.size.rows == promptRows)
        }
    }

    @Test func smallerScreensAreTooSmall() {
        #expect(PlaygroundLayout(size: Size(columns: 39, rows: 12), paneCount: 2, promptRows: 1).isTooSmall)
        #expect(PlaygroundLayout(size: Size(columns: 40, rows: 11), paneCount: 2, promptRows: 1).isTooSmall)
        #expect(!PlaygroundLayout(size: Size(columns: 40, rows: 12), paneCount: 2, promptRows: 1).isTooSmall)
    }

    private func frames(_ columns: Int, _ rows: Int) -> [Rect] {
        PlaygroundLayout(size: Size(columns: columns, rows: rows), paneCount: 2, promptRows: 1).panes.map(\.frame)
    }
}
