import Chat
import Foundation
import Playground
import Reports
import Screen

/// A playground without a program around it: events go in, effects are collected, and the answers that a test gives
/// for them come back as events.
public struct PlaygroundDriver {
    public var state: State
    /// Everything that was asked for, oldest first.
    public private(set) var effects: [Effect] = []

    public init(_ state: State) { self.state = state }

    /// - Returns: what this one event asked for.
    @discardableResult
    public mutating func send(_ event: Event) -> [Effect] {
        let new = state.update(event)
        effects += new
        return new
    }

    /// Presses keys, one after the other.
    @discardableResult
    public mutating func press(_ keys: Key...) -> [Effect] {
        keys.flatMap { send(.input(.key($0))) }
    }

    /// Types a text, a key a character.
    public mutating func type(_ text: String) {
        for character in text { send(.input(.key(.character(character)))) }
    }

    /// Answers every load that was asked for and isn't answered yet.
    public mutating func open(_ profiles: ModelProfile..., memory: [MemoryUse] = []) {
        for (pane, profile) in profiles.prefix(state.panes.count).enumerated() {
            guard let request = loads.last(where: { $0.pane == state.panes[pane].id }) else { continue }
            send(.load(request.id, .ready(profile, memory.indices.contains(pane) ? memory[pane] : nil)))
        }
    }

    /// The loads that were asked for, oldest first.
    public var loads: [LoadRequest] {
        effects.compactMap { if case .load(let request) = $0 { request } else { nil } }
    }

    /// The runs that were asked for, oldest first.
    public var runs: [RunRequest] {
        effects.compactMap { if case .generate(let request) = $0 { request } else { nil } }
    }

    /// The panes of the runs that were asked for, oldest first.
    public var runPanes: [Int?] { runs.map { run in state.panes.firstIndex { $0.id == run.pane } } }

    /// The panes of the loads that were asked for, oldest first.
    public var loadPanes: [Int?] { loads.map { load in state.panes.firstIndex { $0.id == load.pane } } }

    /// The latest run of a pane.
    public func run(in pane: Int) -> RunRequest? { runs.last { $0.pane == state.panes[pane].id } }

    /// Reports events of a pane's latest run.
    @discardableResult
    public mutating func chat(_ pane: Int, _ events: ChatEvent...) -> [Effect] {
        guard let run = run(in: pane) else { return [] }
        return events.flatMap { send(.run(run.id, .chat($0))) }
    }

    /// Plays a whole answer: prompt, prefill, a token for each word, memory, and the end.
    /// - Parameters:
    ///   - gaps: between the tokens; used over and over.
    ///   - finish: nil leaves the answer open.
    public mutating func play(
        _ text: String, in pane: Int, prompt: PromptSummary, firstToken: Duration, gaps: [Duration],
        memory: MemoryUse? = nil, finish: FinishReason? = .stop
    ) {
        let computed = prompt.tokens - prompt.cachedTokens
        chat(pane, .prompt(prompt), .prefill(computed: 0, of: computed, at: .milliseconds(2)))
        if let memory { chat(pane, .memory(memory)) }
        chat(pane, .prefill(computed: computed, of: computed, at: firstToken))
        var at = firstToken
        for (index, word) in Self.words(text).enumerated() {
            if index > 0, !gaps.isEmpty { at += gaps[(index - 1) % gaps.count] }
            chat(pane, .token(Self.token(index, word, at)))
        }
        if let finish { chat(pane, .finished(finish, at: at + .milliseconds(1))) }
    }

    /// A token with a likelihood and alternatives that depend on its place alone.
    private static func token(_ index: Int, _ word: String, _ at: Duration) -> ChatToken {
        let probabilities = [[0.97, 0.01], [0.62, 0.21], [0.41, 0.37], [0.88, 0.05], [0.12, 0.11]][index % 5]
        let others = [" a", " the", ".", ",", " and", " of", " which", " in"].filter { $0 != word }
        let rest = others.enumerated().map { place, text in
            ChatToken.Alternative(
                id: 1000 + place, text: text, logprob: log(probabilities[1] / Double(place + 1)))
        }
        return ChatToken(
            id: index, text: word, logprob: log(probabilities[0]), entropy: 0.3 * Double(index % 5),
            alternatives: [ChatToken.Alternative(id: index, text: word, logprob: log(probabilities[0]))] + rest, at: at)
    }

    /// Pieces that each begin with a space, as tokens do.
    private static func words(_ text: String) -> [String] {
        var words: [String] = [""]
        for character in text {
            if character == " ", words.last?.isEmpty == false { words.append("") }
            words[words.count - 1].append(character)
        }
        return words
    }
}
