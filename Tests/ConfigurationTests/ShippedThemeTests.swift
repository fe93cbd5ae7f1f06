import Configuration
import Screen
import ScreenTestSupport
import Testing

/// The themes that ship, each of which has to be complete, legible, and to tell apart what differs.
@Suite struct ShippedThemeTests {
    typealias Perception = ColorPerception

    static let files = ShippedFiles(directories: nil).names(in: "themes")
    /// Those that set the colours of text; the others leave them to the terminal, where nothing can be computed.
    static let colored = files.filter { (try? theme($0).background) != .terminal }

    static func theme(_ file: String) throws -> ThemeFile {
        try ThemeFile(yaml: ShippedFiles(directories: nil).contents(of: "themes/\(file)"), file: file)
    }

    @Test func thereIsOneForEveryRoom() throws {
        let backgrounds = try Self.files.map { try Self.theme($0).background }
        #expect(backgrounds.filter { $0 == .dark }.count >= 3)
        #expect(backgrounds.filter { $0 == .light }.count >= 2)
        #expect(backgrounds.contains(.terminal))
        #expect(Self.files.contains("projector.yaml") && Self.files.contains("signal.yaml"))
    }

    @Test(arguments: files) func isNamedLikeItsFile(_ file: String) throws {
        #expect(try "\(Self.theme(file).name).yaml" == file)
    }

    @Test(arguments: files) func everyRoleHasAStyle(_ file: String) throws {
        #expect(try Set(Self.theme(file).styles.keys) == Set(Role.allCases))
    }

    @Test(arguments: colored, Role.allCases) func everyRoleCanBeRead(_ file: String, _ role: Role) throws {
        let style = try Self.theme(file).palette[role]
        let foreground = try #require(style.foreground)
        let background = try #require(style.background)
        #expect(!style.isReverse && !style.isDim, "the contrast of what is dimmed isn't known")
        let isLine = [.border, .borderFocused, .gutter].contains(role)
        // WCAG 2.2: AA for text and for lines; AAA for what is shown on a wall.
        let least = file == "projector.yaml" ? (isLine ? 4.5 : 7) : isLine ? 3 : 4.5
        #expect(Perception.contrast(foreground, background) >= least)
    }

    @Test(arguments: colored) func theBackgroundIsOfTheKindNamed(_ file: String) throws {
        let theme = try Self.theme(file)
        let luminance = Perception.luminance(try #require(theme.palette[.text].background))
        #expect(theme.background == .dark ? luminance < 0.1 : luminance > 0.8)
    }

    /// Hotter looks further from the coolest and nearer to the hottest, and neighbours differ.
    @Test(arguments: colored, Perception.Vision.allCases)
    func heatRisesStepByStep(_ file: String, _ vision: Perception.Vision) throws {
        guard vision == .common || file == "signal.yaml" else { return }
        let heat = try colors([.heat1, .heat2, .heat3, .heat4, .heat5], file)
        for (cooler, hotter) in zip(heat, heat.dropFirst()) {
            #expect(Perception.difference(cooler, hotter, vision) >= 0.05)
            #expect(
                Perception.difference(heat[0], cooler, vision) < Perception.difference(heat[0], hotter, vision))
            #expect(
                Perception.difference(heat[4], hotter, vision) < Perception.difference(heat[4], cooler, vision))
        }
    }

    static let roles: [[Role]] = [
        [.small, .large, .third, .fourth], [.agreeing, .differing], [.success, .error], [.warning, .error],
        [.success, .warning],
    ]

    /// In each theme for common vision, in the one that promises it for every vision.
    @Test(arguments: colored, Perception.Vision.allCases)
    func whatIsOppositeLooksDifferent(_ file: String, _ vision: Perception.Vision) throws {
        guard vision == .common || file == "signal.yaml" else { return }
        for group in Self.roles {
            let colors = try colors(group, file)
            for (index, color) in colors.enumerated() {
                for other in colors[(index + 1)...] {
                    #expect(Perception.difference(color, other, vision) >= 0.08, "\(group)")
                }
            }
        }
    }

    @Test(arguments: colored) func neighbouringTokensHaveDifferentGrounds(_ file: String) throws {
        let palette = try Self.theme(file).palette
        let even = try #require(palette[.tokenEven].background)
        let odd = try #require(palette[.tokenOdd].background)
        #expect(Perception.difference(even, odd) >= 0.05)
        #expect(Perception.difference(even, try #require(palette[.text].background)) >= 0.02)
    }

    /// The theme without colours of its own names hues alone, which are seen on dark and on light ground.
    @Test(arguments: Role.allCases) func theTerminalsGroundIsLeftAlone(_ role: Role) throws {
        let style = try Self.theme("terminal.yaml").palette[role]
        // What stands for every theme where colours are few is the same.
        #expect(style == Palette.hues[role])
        #expect(style.background == nil)
        if let foreground = style.foreground {
            #expect([1, 2, 3, 5, 6].contains(foreground.terminalNumber))
        }
    }

    private func colors(_ roles: [Role], _ file: String) throws -> [Color] {
        let palette = try Self.theme(file).palette
        return try roles.map { try #require(palette[$0].foreground) }
    }
}
