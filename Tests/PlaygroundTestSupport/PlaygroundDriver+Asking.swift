import Chat
import Foundation
import Playground
import Screen

extension PlaygroundDriver {
    /// Types a prompt or a command, and sends it.
    @discardableResult
    public mutating func enter(_ text: String) -> [Effect] {
        type(text)
        return press(.enter)
    }

    /// Answers a pane's latest run, in tokens of which nothing is known but their text.
    /// - Parameter finish: nil leaves the answer open.
    @discardableResult
    public mutating func answer(_ pane: Int, _ texts: String..., finish: FinishReason? = .stop) -> [Effect] {
        answer(pane, texts.map { ChatToken(text: $0, at: .zero) }, finish: finish)
    }

    /// Answers a pane's latest run, a token each ten milliseconds.
    /// - Parameter finish: nil leaves the answer open.
    @discardableResult
    public mutating func answer(_ pane: Int, _ tokens: [ChatToken], finish: FinishReason? = .stop) -> [Effect] {
        var effects: [Effect] = []
        for (index, token) in tokens.enumerated() {
            var token = token
            token.at = .milliseconds(10 * (index + 1))
            effects += chat(pane, .token(token))
        }
        guard let finish else { return effects }
        return effects + chat(pane, .finished(finish, at: .milliseconds(10 * tokens.count + 1)))
    }

    /// Types a prompt, sends it, and answers it in every pane.
    public mutating func converse(_ prompt: String, _ answers: [ChatToken]...) {
        enter(prompt)
        for (pane, answer) in answers.enumerated() { self.answer(pane, answer) }
    }
}

extension ChatToken {
    /// A token that was chosen with a probability, and what else could have been.
    public static func chosen(
        _ text: String, _ probability: Double, over others: (String, Double)...
    ) -> ChatToken {
        let all = ([(text, probability)] + others).sorted { $0.1 > $1.1 }
        return ChatToken(
            id: id(of: text), text: text, logprob: log(probability), entropy: 1,
            alternatives: all.map { Alternative(id: id(of: $0.0), text: $0.0, logprob: log($0.1)) }, at: .zero)
    }

    /// A number that a text has in these vocabularies.
    public static func id(of text: String) -> Int {
        text.unicodeScalars.reduce(7) { ($0 * 31 + Int($1.value)) % 1_000_003 }
    }
}
