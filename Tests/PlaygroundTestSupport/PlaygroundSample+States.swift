import Chat
import Foundation
import Playground
import Reports
import Screen

extension PlaygroundSample {
    /// Every view of the playground by a name, each as a user would come to it.
    public static let states: [(name: String, state: @Sendable (Size) -> State)] =
        running + dialogs + looking + blind + measuring + servers + tasks

    private static let running: [(name: String, state: @Sendable (Size) -> State)] = [
        ("finished", { finished(size: $0).state }),
        ("ready", { ready(size: $0).state }),
        ("opening", { opening($0).state }),
        ("streaming", { streaming($0).state }),
        ("reading", { reading($0).state }),
        ("stopped", { stopped($0).state }),
        ("prompt", { longPrompt($0).state }),
        ("three", { more(1, $0).state }),
        ("four", { more(2, $0).state }),
        ("alone", { alone($0).state }),
        ("markdown", { markdown($0).state }),
        ("ascii", { finished(size: $0, appearance: Appearance(asciiOnly: true)).state }),
    ]

    /// The picker with what other tools and a server have.
    private static func found(_ size: Size, _ keys: Key...) -> PlaygroundDriver {
        var driver = finished(size: size)
        driver.send(.modelsListed(found))
        driver.press(.function(2))
        for key in keys { driver.press(key) }
        return driver
    }

    private static let dialogs: [(name: String, state: @Sendable (Size) -> State)] = [
        ("models", { pressing($0, .function(2)).state }),
        ("models-found", { found($0, .down, .down, .down).state }),
        ("models-server", { found($0, .down, .down, .down, .down).state }),
        ("models-obstacle", { found($0, .end).state }),
        ("models-search", { found($0, .character("/"), .character("q"), .character("w"), .character("e")).state }),
        ("parameters", { pressing($0, .function(3)).state }),
        ("system", { pressing($0, .function(4)).state }),
        ("commands", { pressing($0, .control("o")).state }),
        ("history", { pressing($0, .control("r")).state }),
        ("starters", { pressing($0, .alt("o")).state }),
        ("themes", { pressing($0, .function(6)).state }),
        ("turns", { entering($0, "/edit").state }),
        ("help", { pressing($0, .function(1)).state }),
        ("figures", { pressing($0, .alt("t")).state }),
        ("seen", { seen($0).state }),
    ]

    private static let looking: [(name: String, state: @Sendable (Size) -> State)] = [
        ("inspector", { pressing($0, .function(9), .down).state }),
        ("zoomed", { pressing($0, .function(10)).state }),
        ("heat", { pressing($0, .alt("h"), .left).state }),
        ("completion", { entering($0, "/s", sends: false).state }),
        ("notice", { entering($0, "/export talk.pdf").state }),
        ("editing", { entering($0, "/edit 1", then: .left).state }),
    ]

    private static let blind: [(name: String, state: @Sendable (Size) -> State)] = [
        ("blind-hidden", { hidden($0).state }),
        ("blind-vote", { vote($0).state }),
        ("blind-revealed", { revealed($0).state }),
    ]

    private static let measuring: [(name: String, state: @Sendable (Size) -> State)] = [
        ("repeating", { repeated($0, answers: 5).state }),
        ("repeated", { repeated($0, answers: 6).state }),
        ("repeating-behind", { repeated($0, answers: 3, closes: true).state }),
        ("following", { followed($0, tokens: 24, ends: false).state }),
        ("followed", { followed($0, tokens: 60, ends: true).state }),
    ]
}
