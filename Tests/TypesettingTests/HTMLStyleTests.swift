import Foundation
import Testing

@testable import Typesetting

@Suite struct HTMLStyleTests {
    private static let style = HTMLStyle.text

    /// The colours of the light page, the dark one and the printed one.
    private static func palettes() -> [[String: String]] {
        style.matches(of: /:root \{([^}]*)\}/).map { root in
            var colors: [String: String] = [:]
            for color in root.output.1.matches(of: /--([a-z0-9]+): (#[0-9a-f]+);/) {
                colors[String(color.output.1)] = String(color.output.2)
            }
            return colors
        }
    }

    @Test func textAndMarksStandOutFromTheirGrounds() throws {
        let palettes = Self.palettes()
        #expect(palettes.count == 3)
        for palette in palettes {
            for ground in ["ground", "card"] {
                let ground = try #require(palette[ground])
                for text in ["text", "quiet", "warning", "color0", "color1", "color2", "color3"] {
                    let ratio = Self.contrast(try #require(palette[text]), ground)
                    #expect(ratio >= 4.5, "\(text) on \(ground): \(ratio)")
                }
            }
        }
    }

    @Test func everyPaneHasAColour() {
        for index in 0..<9 { #expect(Self.style.contains(".\(HTMLStyle.paneClass(index)) {")) }
    }

    /// WCAG 2.2, "contrast ratio".
    private static func contrast(_ first: String, _ second: String) -> Double {
        let (one, other) = (luminance(first), luminance(second))
        return (max(one, other) + 0.05) / (min(one, other) + 0.05)
    }

    private static func luminance(_ color: String) -> Double {
        let digits = Array(color.dropFirst())
        let pairs =
            digits.count == 3
            ? digits.map { "\($0)\($0)" }
            : stride(from: 0, to: 6, by: 2).map {
                String(digits[$0...$0 + 1])
            }
        let channels = pairs.map { pair -> Double in
            let value = Double(Int(pair, radix: 16) ?? 0) / 255
            return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]
    }
}
