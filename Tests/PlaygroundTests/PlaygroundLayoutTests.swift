import Screen
import Testing

@testable import Playground

@Suite struct PlaygroundLayoutTests {
    /// Every size that is drawn on, up to large ones, with one to four panes and prompts of all heights.
    @Test(arguments: [1, 2, 3, 4])
    func partsStayInsideAndApart(_ paneCount: Int) {
        let columns = Array(40...100) + [119, 120, 121, 160, 200, 300]
        for rows in Array(12...32) + [40, 60, 100] {
            for columns in columns {
                let size = Size(columns: columns, rows: rows)
                for promptRows in [1, 3, 9] {
                    check(Self.layout(size, paneCount, promptRows), paneCount)
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
        #expect(layout.panes.count + layout.hiddenPanes == paneCount)
        #expect(layout.panes.count >= min(2, paneCount))
        for pane in layout.panes {
            let inside = [pane.transcript, pane.rule, pane.metrics].filter { !$0.isEmpty }
            for (index, part) in inside.enumerated() {
                #expect(part.intersection(pane.frame) == part, "\(layout.size)")
                for other in inside[..<index] { #expect(part.intersection(other).isEmpty, "\(layout.size)") }
            }
            #expect(pane.transcript.size.rows >= 1 && !pane.metrics.isEmpty, "\(layout.size)")
        }
        for part in [layout.promptMarker, layout.promptText] {
            #expect(part.intersection(layout.promptFrame) == part, "\(layout.size)")
        }
        #expect(layout.promptText.size.columns >= 30)
        for dialog in [
            layout.pageFrame(count: nil), layout.listFrame(count: 4), layout.parameters, layout.systemPrompt,
            layout.models(count: 4),
        ] {
            #expect(dialog.intersection(screen) == dialog && !dialog.isEmpty, "\(layout.size)")
        }
        for list in [
            layout.page(count: 4), layout.list(count: 4), layout.parametersList, layout.systemPromptText,
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
            let layout = Self.layout(Size(columns: 80, rows: 24), 2, promptRows)
            for pane in layout.panes {
                #expect(pane.metrics.size.rows == 7)
                #expect(pane.transcript.size.rows >= 8)
                #expect(pane.transcript.size.columns == 36)
            }
            #expect(layout.promptText.size.rows == promptRows)
        }
    }

    @Test func smallerScreensAreTooSmall() {
        #expect(Self.layout(Size(columns: 39, rows: 12), 2, 1).isTooSmall)
        #expect(Self.layout(Size(columns: 40, rows: 11), 2, 1).isTooSmall)
        #expect(!Self.layout(Size(columns: 40, rows: 12), 2, 1).isTooSmall)
    }

    private static func layout(_ size: Size, _ paneCount: Int, _ promptRows: Int) -> PlaygroundLayout {
        PlaygroundLayout(
            size: size, PlaygroundLayout.Contents(panes: Array(0..<paneCount), promptRows: promptRows))
    }

    @Test func fourPanesStandInTwoRowsOfTwo() {
        let frames = Self.layout(Size(columns: 80, rows: 24), 4, 1).panes.map(\.frame)
        #expect(frames.map(\.minColumn) == [0, 40, 0, 40])
        #expect(Self.layout(Size(columns: 120, rows: 40), 4, 1).panes.allSatisfy { $0.frame.minRow == 0 })
    }

    @Test func whereThereIsNoRoomForAllPanesTheOneLookedAtIsSeen() {
        for anchor in 0..<4 {
            let contents = PlaygroundLayout.Contents(panes: [0, 1, 2, 3], anchor: anchor)
            let layout = PlaygroundLayout(size: Size(columns: 40, rows: 12), contents)
            #expect(layout.hiddenPanes == 2)
            #expect(layout.rects(of: anchor) != nil)
        }
    }

    private func frames(_ columns: Int, _ rows: Int) -> [Rect] {
        Self.layout(Size(columns: columns, rows: rows), 2, 1).panes.map(\.frame)
    }
}
