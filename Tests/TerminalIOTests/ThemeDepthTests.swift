import Configuration
import Screen
import ScreenTestSupport
import Testing

@testable import TerminalIO

/// What is left of the shipped themes on terminals with fewer colours.
@Suite struct ThemeDepthTests {
    static let files = ShippedFiles(directories: nil).names(in: "themes")

    private func palette(_ file: String) throws -> Palette {
        try ThemeFile(yaml: ShippedFiles(directories: nil).contents(of: "themes/\(file)"), file: file).palette
    }

    /// The colour of a number above 15 in xterm's table of 256.
    private func color(ofIndex index: Int) -> Color {
        func channel(_ step: Int) -> UInt8 { step == 0 ? 0 : UInt8(55 + 40 * step) }
        if index >= 232 {
            let grey = UInt8(8 + 10 * (index - 232))
            return Color(red: grey, green: grey, blue: grey)
        }
        let place = index - 16
        return Color(red: channel(place / 36), green: channel(place / 6 % 6), blue: channel(place % 6))
    }

    @Test(arguments: files, Role.allCases) func everyRoleCanBeReadIn256Colours(_ file: String, _ role: Role) throws {
        let style = try #require(TerminalStyle.all(of: palette(file), depth: .indexed)[role])
        if file == "terminal.yaml" {
            #expect(style.background == -1 && style.foreground < 16)
            return
        }
        let least = [.border, .borderFocused, .gutter].contains(role) ? 3 : 4.5
        let contrast = ColorPerception.contrast(color(ofIndex: style.foreground), color(ofIndex: style.background))
        #expect(contrast >= least, "\(style.foreground) on \(style.background)")
    }

    static let apart: [[Role]] = [
        [.small, .large, .third, .fourth], [.heat1, .heat2, .heat3, .heat4, .heat5], [.agreeing, .differing],
        [.tokenEven, .tokenOdd, .token], [.success, .warning, .error],
        [.text, .muted, .selection, .error, .divergence],
        [.answer, .drafted, .token, .divergence], [.border, .borderFocused], [.metric, .stall],
    ]

    /// The looks that have to differ do so at each depth, if not by colour then by weight.
    @Test(arguments: files, [ColorDepth.none, .eight, .sixteen, .indexed, .direct])
    func whatDiffersLooksDifferent(_ file: String, _ depth: ColorDepth) throws {
        let styles = TerminalStyle.all(of: try palette(file), depth: depth)
        for group in Self.apart {
            // Four models and three outcomes can't all be told apart without a colour; their names do that.
            if depth == .none, [.small, .success].contains(group[0]) { continue }
            let looks = try group.map { role in
                var look = try #require(styles[role])
                look.pair = 0
                return look
            }
            for (index, look) in looks.enumerated() {
                for (offset, other) in looks[(index + 1)...].enumerated() where look == other {
                    Issue.record("\(group[index]) looks like \(group[index + 1 + offset])")
                }
            }
        }
    }

    /// With few colours, text and its ground are the user's own, and only hues are drawn on them.
    @Test(arguments: files, [ColorDepth.eight, .sixteen])
    func fewColoursLeaveTheGroundAlone(_ file: String, _ depth: ColorDepth) throws {
        let styles = TerminalStyle.all(of: try palette(file), depth: depth)
        #expect(styles[.text]?.foreground == -1)
        #expect(styles.values.allSatisfy { $0.background == -1 && [-1, 1, 2, 3, 5, 6].contains($0.foreground) })
        for role in [Role.selection, .token, .divergence] { #expect(styles[role]?.isReverse == true, "\(role)") }
    }

    @Test(arguments: files) func withoutColoursNoneIsSet(_ file: String) throws {
        let styles = TerminalStyle.all(of: try palette(file), depth: .none)
        #expect(styles.values.allSatisfy { $0.foreground == -1 && $0.background == -1 && $0.pair == 0 })
    }

    @Test(arguments: files) func directColoursAreTheThemesOwn(_ file: String) throws {
        let palette = try palette(file)
        for (role, style) in TerminalStyle.all(of: palette, depth: .direct) {
            for (number, color) in [
                (style.foreground, palette[role].foreground), (style.background, palette[role].background),
            ] {
                guard let color else {
                    #expect(number == -1)
                    continue
                }
                let hex = color.hex.dropFirst()
                #expect(number == color.terminalNumber ?? Int(hex, radix: 16), "\(role)")
            }
        }
    }
}
