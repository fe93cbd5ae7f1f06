import Reports
import Testing

@Suite struct ParameterCountTests {
    @Test(arguments: [
        (0, "0"), (999, "999"), (1000, "1.00 K"), (134_515_008, "135 M"), (999_499_999, "999 M"),
        (999_500_000, "1.00 B"),
        (1_777_088_000, "1.78 B"), (9_994_999_999, "9.99 B"), (9_995_000_000, "10.0 B"), (70_553_706_496, "70.6 B"),
        (99_950_000_000, "100 B"), (1_030_000_000_000, "1.03 T"), (Int.max, "9223372 T"), (-1, "0"),
    ]) func threeFigures(count: Int, text: String) {
        #expect(ParameterCount.text(count) == text)
    }
}
