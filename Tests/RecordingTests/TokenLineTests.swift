import Chat
import Foundation
import Testing

@testable import Recording

@Suite struct TokenLineTests {
    private static let texts = [
        "", " the", "\"\\/\u{8}\t\n\u{C}\r", "\u{0}\u{1}\u{1B}[31m\u{1F}\u{7F}\u{80}\u{9F}", "日本\u{2028}\u{FEFF}",
        "e\u{301} \u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467} \u{1F1E9}\u{1F1EA}", "\u{FFFD}", "</script>",
    ]
    private static let numbers: [Double?] = [
        nil, 0, -0.0, -1, -0.123456789, 1e-7, 1.5e-5, -0.000012, 12345678.25, 1e15, 1e16, -1e300, .infinity, .nan,
    ]

    /// The general encoder says what the line is.
    private func general(_ record: SessionRecord) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        return String(decoding: try encoder.encode(record), as: UTF8.self) + "\n"
    }

    @Test(arguments: texts)
    func aTextIsWrittenAsTheGeneralEncoderWritesIt(_ text: String) throws {
        let token = ChatToken(
            id: 7, text: text, alternatives: [ChatToken.Alternative(id: 1, text: text, logprob: -1)],
            at: .microseconds(1))
        let record = SessionRecord.event(run: 2, .token(token))
        #expect(String(decoding: try SessionLine().encode(record), as: UTF8.self) == (try general(record)))
    }

    @Test(arguments: numbers)
    func aNumberIsWrittenAsTheGeneralEncoderWritesIt(_ number: Double?) throws {
        var token = ChatToken(text: "x", logprob: number, entropy: number, at: .seconds(1))
        token.alternatives = (0..<3).map { ChatToken.Alternative(id: -$0, text: "y", logprob: number ?? 0) }
        token.isDrafted = number == nil
        let record = SessionRecord.event(run: 0, .token(token))
        #expect(String(decoding: try SessionLine().encode(record), as: UTF8.self) == (try general(record)))
    }
}
