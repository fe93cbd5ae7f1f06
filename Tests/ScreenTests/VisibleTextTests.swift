import Testing

@testable import Screen

@Suite struct VisibleTextTests {
    @Test(arguments: [
        ("plain\ttext\n", "plain\ttext\n"), ("a\r\nb", "a\nb"), ("a\rb", "a␍b"), ("\u{1B}]0;title\u{7}", "␛]0;title␇"),
        ("\u{7F}\u{0}", "␡␀"), ("\u{9B}31m", "⟨9B⟩31m"), ("\u{202E}abc\u{2066}", "⟨202E⟩abc⟨2066⟩"),
        ("x\u{E0041}", "x⟨E0041⟩"), ("🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"), ("👩‍👧 é 日", "👩‍👧 é 日"), ("a\u{2028}b", "a⟨2028⟩b"),
    ])
    func whatSteersATerminalIsShown(text: String, expected: String) {
        #expect(VisibleText.of(text) == expected)
    }

    @Test func noControlCharacterSurvives() {
        let text = String(String.UnicodeScalarView((0...0x2100).compactMap { Unicode.Scalar(UInt32($0)) }))
        for scalar in VisibleText.of(text).unicodeScalars where scalar != "\n" && scalar != "\t" {
            #expect(scalar.properties.generalCategory != .control)
            #expect(!(0x202A...0x202E).contains(scalar.value))
        }
    }
}
