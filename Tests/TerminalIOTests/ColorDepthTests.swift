import Screen
import Testing

@testable import TerminalIO

@Suite struct ColorDepthTests {
    @Test func depthFollowsTerminfoAndTheEnvironment() {
        #expect(ColorDepth(colors: 256, isDirect: false, noColor: nil) == .indexed)
        #expect(ColorDepth(colors: 256, isDirect: false, noColor: "") == .indexed)
        #expect(ColorDepth(colors: 256, isDirect: false, noColor: "1") == .none)
        #expect(ColorDepth(colors: 1 << 24, isDirect: true, noColor: nil) == .direct)
        #expect(ColorDepth(colors: 88, isDirect: false, noColor: nil) == .sixteen)
        #expect(ColorDepth(colors: 16, isDirect: false, noColor: nil) == .sixteen)
        #expect(ColorDepth(colors: 8, isDirect: false, noColor: nil) == .eight)
        #expect(ColorDepth(colors: 0, isDirect: false, noColor: nil) == .none)
        #expect(ColorDepth(colors: -1, isDirect: false, noColor: nil) == .none)
    }

    /// xterm's own table of 256 colours: index and the colour that it stands for.
    @Test(arguments: [
        (16, "#000000"), (231, "#ffffff"), (196, "#ff0000"), (46, "#00ff00"), (21, "#0000ff"), (111, "#87afff"),
        (211, "#ff87af"), (232, "#080808"), (244, "#808080"), (255, "#eeeeee"), (235, "#262626"), (145, "#afafaf"),
    ])
    func coloursOfTheTableAreFound(index: Int, hex: String) throws {
        let color = try #require(Color(hex: hex))
        #expect(ColorDepth.indexed.number(of: color) == index)
    }

    @Test(arguments: [
        ("#000000", 0, 0), ("#ff0000", 1, 9), ("#00a000", 2, 2), ("#c0a000", 3, 3), ("#0000ff", 4, 12),
        ("#f38ba8", 1, 9), ("#89b4fa", 4, 12), ("#ffffff", 7, 15), ("#6c7086", 7, 8), ("#a6e3a1", 2, 10),
        ("#00ffff", 6, 14), ("#202020", 0, 0),
    ])
    func fewColoursGoByHue(hex: String, eight: Int, sixteen: Int) throws {
        let color = try #require(Color(hex: hex))
        #expect(ColorDepth.eight.number(of: color) == eight)
        #expect(ColorDepth.sixteen.number(of: color) == sixteen)
    }

    @Test func directColoursAreTheirValues() throws {
        #expect(ColorDepth.direct.number(of: try #require(Color(hex: "#123456"))) == 0x123456)
        #expect(ColorDepth.direct.number(of: try #require(Color(hex: "#000005"))) == 0)
    }

    @Test(arguments: [
        ("red", 1, 1, 1, 1), ("bright blue", 4, 12, 12, 0x7AA6F2), ("black", 0, 0, 0, 0),
        ("bright white", 7, 15, 15, 0xF5F5F5),
    ])
    func theTerminalsOwnColoursGoByNumber(name: String, eight: Int, sixteen: Int, indexed: Int, direct: Int) throws {
        let color = try #require(Color(name: name))
        #expect(ColorDepth.none.number(of: color) == -1)
        #expect(ColorDepth.eight.number(of: color) == eight)
        #expect(ColorDepth.sixteen.number(of: color) == sixteen)
        #expect(ColorDepth.indexed.number(of: color) == indexed)
        #expect(ColorDepth.direct.number(of: color) == direct)
    }

    @Test(arguments: [
        (["COLORTERM": "truecolor", "TERM": "xterm-256color"], true), (["COLORTERM": "24bit"], true),
        (["COLORTERM": "TrueColor", "NO_COLOR": ""], true), (["COLORTERM": "truecolor", "NO_COLOR": "1"], false),
        (["COLORTERM": "1"], false), ([:], false), (["COLORTERM": "truecolor", "STY": "1.pts-0"], false),
        (["COLORTERM": "truecolor", "TERM": "screen-256color"], false),
        (["COLORTERM": "truecolor", "TERM": "screen-256color", "TMUX": "/tmp/t,1,0"], true),
    ])
    func aPromiseOfDirectColour(environment: [String: String], isBelieved: Bool) {
        #expect(ColorDepth.isDirectPromised(by: environment) == isBelieved)
    }

    private static let paper = Color(red: 30, green: 30, blue: 46)
    private static let ink = Color(red: 205, green: 214, blue: 244)
    private static let yellow = Color(red: 249, green: 226, blue: 175)
    private static let palette = Palette([
        .text: Style(foreground: ink, background: paper), .selection: Style(foreground: paper, background: yellow),
        .error: Style(foreground: Color(red: 243, green: 139, blue: 168)),
        .muted: Style(foreground: Color(red: 108, green: 112, blue: 134)), .title: Style(isUnderlined: true),
    ])

    /// What the eight colours look like is up to the user, so a theme's are not imitated.
    @Test(arguments: [ColorDepth.eight, .sixteen]) func withFewColoursRolesHaveHues(depth: ColorDepth) throws {
        let styles = TerminalStyle.all(of: Self.palette, depth: depth)
        let text = try #require(styles[.text])
        #expect(text.foreground == -1 && text.background == -1)
        #expect(styles[.error]?.foreground == 1)
        #expect(styles[.selection]?.isReverse == true)
        #expect(styles[.title]?.isBold == true)
    }

    @Test func aThemeOfTheTerminalsColoursKeepsThem() {
        let own = Palette([.error: Style(foreground: Color(name: "bright blue"), isItalic: true)])
        #expect(TerminalStyle.all(of: own, depth: .sixteen)[.error]?.foreground == 12)
        #expect(TerminalStyle.all(of: own, depth: .eight)[.error]?.foreground == 4)
        #expect(TerminalStyle.all(of: own, depth: .sixteen)[.error]?.isItalic == true)
    }

    @Test func withoutColoursWeightTellsRolesApart() throws {
        let styles = TerminalStyle.all(of: Self.palette, depth: .none)
        #expect(styles.values.allSatisfy { $0.foreground == -1 && $0.background == -1 && $0.pair == 0 })
        #expect(styles[.selection]?.isReverse == true)
        #expect(styles[.title]?.isBold == true)
        #expect(styles[.error]?.isBold == true)
    }

    @Test(arguments: [ColorDepth.eight, .sixteen, .indexed, .direct])
    func everyRoleHasAPairOfItsOwn(depth: ColorDepth) {
        let pairs = TerminalStyle.all(of: Self.palette, depth: depth).values.map(\.pair)
        #expect(Set(pairs).count == Role.allCases.count)
        #expect(pairs.allSatisfy { $0 > 0 && $0 < 64 })
    }
}
