import Testing

@testable import Screen

@Suite struct ColorTests {
    @Test(arguments: ["#1e66f5", "#000000", "#ffffff", "#0a0b0c"])
    func hexRoundTrips(text: String) { #expect(Color(hex: text)?.hex == text) }

    @Test(arguments: ["", "1e66f5", "#1e66f", "#1e66f5a", "#+12345", "#gggggg", "#１２"])
    func othersAreRefused(text: String) { #expect(Color(hex: text) == nil) }

    @Test func theTerminalsColoursHaveNames() throws {
        #expect(Color.terminalNames.count == 16)
        for (number, name) in Color.terminalNames.enumerated() {
            #expect(Color(name: name)?.terminalNumber == number)
            // In a picture it is a colour like others, but it isn't the same one.
            let hex = try #require(Color(name: name)?.hex)
            #expect(Color(hex: hex)?.terminalNumber == nil)
            #expect(Color(hex: hex) != Color(name: name))
        }
        #expect(["", "Red", "brightred", "orange", "#ff0000"].allSatisfy { Color(name: $0) == nil })
    }

    @Test func rolesLeanOnTheTextRole() {
        let ink = Color(red: 1, green: 2, blue: 3)
        let paper = Color(red: 9, green: 9, blue: 9)
        let palette = Palette([
            .text: Style(foreground: ink, background: paper), .muted: Style(isDim: true),
            .error: Style(foreground: paper),
        ])
        #expect(palette[.muted] == Style(foreground: ink, background: paper, isDim: true))
        #expect(palette[.error] == Style(foreground: paper, background: paper))
        #expect(palette[.chart] == Style(foreground: ink, background: paper))
    }
}
