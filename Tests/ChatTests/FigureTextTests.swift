import Testing

@testable import Chat

@Suite struct FigureTextTests {
    @Test(
        "figures keep three digits",
        arguments: [
            (0, "0.00 ms"), (9.406, "9.41 ms"), (9.996, "10.0 ms"), (24.14, "24.1 ms"), (181.7, "182 ms"),
            (999.6, "1.00 s"), (12_340, "12.3 s"),
        ])
    func figures(milliseconds: Double, text: String) {
        #expect(FigureText.milliseconds(milliseconds) == text)
    }

    @Test("a figure that isn't known is a dash")
    func missingFigures() {
        #expect(FigureText.milliseconds(nil) == "–")
        #expect(FigureText.rate(.infinity) == "–")
        #expect(FigureText.bytes(nil) == "–")
    }

    @Test func bytesAndNumbersOutOfTheOrdinary() {
        #expect(FigureText.bytes(512) == "512 B")
        #expect(FigureText.bytes(98_362_432) == "98.4 MB")
        #expect(FigureText.number(.nan) == "–")
        #expect(FigureText.fixed(-0.004, places: 2) == "0.00")
        #expect(FigureText.fixed(1e300, places: 1) == "–")
    }
}
