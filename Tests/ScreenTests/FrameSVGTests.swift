import Foundation
import ScreenTestSupport
import Testing

@testable import Screen

@Suite struct FrameSVGTests {
    private var palette: Palette {
        Palette([
            .text: Style(foreground: Color(hex: "#cdd6f4"), background: Color(hex: "#1e1e2e")),
            .selection: Style(background: Color(hex: "#f9e2af"), isBold: true), .control: Style(isReverse: true),
        ])
    }

    private var frame: Frame {
        var frame = Frame(size: Size(columns: 12, rows: 4))
        frame.border(Rect(frame.size), role: .border, title: "a<&>b")
        frame.write("日本 ▁▄█", at: Point(column: 1, row: 1), role: .text)
        frame.write("\u{1B}x", at: Point(column: 1, row: 2), role: .selection)
        frame.cursor = Point(column: 4, row: 2)
        return frame
    }

    @Test func thePictureIsWellFormedAndComplete() throws {
        let svg = FrameSVG.svg(of: frame, palette: palette, title: #"A "frame""#)
        #expect(svg == FrameSVG.svg(of: frame, palette: palette, title: #"A "frame""#))
        #expect(svg.contains("a&lt;&amp;&gt;b"))
        #expect(svg.contains("日本"))
        #expect(svg.contains("␛"))
        #expect(svg.contains("#f9e2af"))
        #expect(svg.contains("aria-label=\"A &quot;frame&quot;\""))
        // Every element that is opened is closed.
        #expect(svg.components(separatedBy: "<text ").count == svg.components(separatedBy: "</text>").count)
        #expect(svg.hasSuffix("</g>\n</svg>\n"))
    }
}
