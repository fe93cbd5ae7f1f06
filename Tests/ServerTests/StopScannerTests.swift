import Testing

@testable import Server

@Suite struct StopScannerTests {
    /// All that is let through of pieces, and whether a stop string ended it.
    private func scan(_ pieces: [String], stops: [String]) -> (text: String, hasStopped: Bool) {
        var scanner = StopScanner(stops: stops)
        var text = pieces.map { scanner.append($0) }.joined()
        text += scanner.finish()
        #expect(scanner.passed == text.utf8.count)
        return (text, scanner.hasStopped)
    }

    @Test(
        "a text ends where a stop string begins",
        arguments: [
            ("hello world", ["wor"], "hello "), ("aab", ["ab"], "a"), ("aaab", ["aab"], "a"), ("abc", ["abc"], ""),
            ("one two", ["two", "one"], ""), ("xéy", ["é"], "x"), ("a\n\nb", ["\n\n"], "a"),
            ("ababac", ["abac"], "ab"), ("🙂🙃!", ["🙃"], "🙂"),
        ])
    func ends(text: String, stops: [String], expected: String) {
        let characters = Array(text)
        for index in characters.indices {
            let pieces = [String(characters[..<index]), String(characters[index...])]
            let result = scan(pieces, stops: stops)
            #expect(result.text == expected && result.hasStopped, "divided at \(index)")
        }
        #expect(scan(characters.map(String.init), stops: stops).text == expected)
    }

    @Test("what only looked like a stop string is let through in the end")
    func beginnings() {
        var scanner = StopScanner(stops: ["END", "\n\n"])
        #expect(scanner.append("the E") == "the ")
        #expect(scanner.append("N") == "")
        #expect(scanner.append("T\n") == "ENT")
        #expect(scanner.append("x") == "\nx")
        #expect(scanner.append("EN") == "")
        #expect(scanner.finish() == "EN")
        #expect(!scanner.hasStopped)
    }

    @Test("without stop strings every piece passes at once")
    func none() {
        var scanner = StopScanner(stops: [""])
        #expect(scanner.append("abc") == "abc")
        #expect(!scanner.hasStopped)
    }

    @Test("after the end nothing follows")
    func afterwards() {
        var scanner = StopScanner(stops: ["."])
        #expect(scanner.append("a.b") == "a")
        #expect(scanner.append("c") == "")
        #expect(scanner.finish() == "")
    }

    @Test("any text in any pieces ends where a search in the whole text finds it", arguments: 0..<300)
    func anyPieces(seed: UInt64) {
        var generator = SeededNumbers(seed: seed)
        let letters = Array("aab\né")
        let text = (0..<40).map { _ in letters.randomElement(using: &generator) ?? "a" }
        let stops = (0..<3).map { _ in
            String(
                (0..<Int.random(in: 1...4, using: &generator)).map { _ in
                    letters.randomElement(using: &generator) ?? "a"
                })
        }
        // Every character is a piece, so the first stop string that is complete ends the text.
        var expected = text
        search: for end in text.indices {
            let starts = stops.compactMap { stop in
                let start = end + 1 - stop.count
                return start >= 0 && Array(stop) == Array(text[start...end]) ? start : nil
            }
            if let start = starts.min() {
                expected = Array(text[..<start])
                break search
            }
        }
        #expect(scan(text.map { String($0) }, stops: stops).text == String(expected))
    }
}

/// The same numbers for the same seed. Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators".
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
