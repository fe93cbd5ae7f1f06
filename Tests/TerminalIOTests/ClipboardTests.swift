import Foundation
import Testing

@testable import TerminalIO

@Suite struct ClipboardTests {
    @Test(arguments: [
        (["TERM": "xterm-256color"], Clipboard.Path.plain), (["TERM": "tmux-256color", "TMUX": "/tmp/t,1,0"], .plain),
        (["TERM": "screen-256color", "TMUX": "/tmp/t,1,0"], .plain), (["TERM": "screen", "STY": "1.pts"], .wrapped),
        (["TERM": "screen-256color"], .both), (["TERM": "screen", "TMUX": "", "STY": ""], .both), ([:], .plain),
    ])
    func theWayFollowsTheEnvironment(environment: [String: String], path: Clipboard.Path) {
        #expect(Clipboard(environment: environment).path == path)
    }

    @Test(arguments: ["", "hello", "日本語 👩‍👧\n", "\u{1B}]52;c;!\u{7}", String(repeating: "x", count: 1000)])
    func theTextTravelsAsBase64(text: String) throws {
        let base64 = Data(text.utf8).base64EncodedString()
        let plain = try #require(Clipboard(environment: [:]).sequence(copying: text))
        #expect(plain == "\u{1B}]52;c;\(base64)\u{7}")

        let wrapped = try #require(Clipboard(environment: ["STY": "1"]).sequence(copying: text))
        let parts = wrapped.components(separatedBy: "\u{1B}\\")
        #expect(parts.last == "")
        #expect(parts.dropLast().allSatisfy { $0.hasPrefix("\u{1B}P") && $0.utf8.count <= 202 })
        #expect(parts.dropLast().map { String($0.dropFirst(2)) }.joined() == plain)

        #expect(Clipboard(environment: ["TERM": "screen"]).sequence(copying: text) == plain + wrapped)
    }

    @Test func tooLongTextsAreNotSent() {
        let longest = String(repeating: "a", count: Clipboard.limit)
        #expect(Clipboard(environment: [:]).sequence(copying: longest)?.utf8.count == 100_000)
        #expect(Clipboard(environment: [:]).sequence(copying: longest + "a") == nil)
    }
}
