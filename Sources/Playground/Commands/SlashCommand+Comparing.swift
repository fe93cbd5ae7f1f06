extension SlashCommand {
    static let comparing: [SlashCommand] = [
        SlashCommand("inspect", "[TOKEN] [@PANE]", "step through an answer, token by token", action: .inspect) {
            state, arguments throws(CommandProblem) in
            guard !arguments.text.isEmpty || !arguments.panes.isEmpty else { return state.perform(.inspect) }
            let pane = arguments.pane(in: state)
            try state.inspect(
                pane, token: arguments.text.isEmpty ? 1 : tokenNumber(arguments.text, of: pane, in: state))
            return []
        },
        SlashCommand("branch", "TOKEN ALTERNATIVE [@PANE]", "go on from a token with another one") {
            state, arguments throws(CommandProblem) in
            let words = arguments.words
            guard words.count == 2, let alternative = Int(words[1]) else {
                throw CommandProblem("Which token, and which of its alternatives? /inspect lists them.")
            }
            let pane = arguments.pane(in: state)
            let token = try tokenNumber(words[0], of: pane, in: state)
            try state.inspect(pane, token: token)
            defer {
                state.inspector = nil
                state.focus = .prompt
            }
            let count = state.inspectedTurn?.answer.tokens[token - 1].alternatives.count ?? 0
            guard (1...max(1, count)).contains(alternative) else {
                throw CommandProblem("There is no alternative \(alternative) at this token; it has \(count).")
            }
            state.inspector?.alternative = alternative - 1
            return state.branch()
        },
        SlashCommand(
            "follow", "[@FOLLOWER] [@LEADER]", "lead one model through the other's answer", action: .follow,
            suggestions: paneNumbers
        ) { state, arguments throws(CommandProblem) in
            guard arguments.text.isEmpty else {
                throw CommandProblem("Panes are named with @, such as /follow @small @large.")
            }
            guard let usual = state.usualFollow else { return state.perform(.follow) }
            guard let follower = arguments.panes.first else {
                return state.follow(follower: usual.follower, leader: usual.leader)
            }
            let leader = arguments.panes.dropFirst().first ?? (follower == usual.leader ? usual.follower : usual.leader)
            return state.follow(follower: follower, leader: leader)
        },
        SlashCommand("prompt", "[@PANE]", "what the model sees, token by token", action: .renderedPrompt) {
            state, arguments throws(CommandProblem) in
            try arguments.requireNoWords()
            if let pane = arguments.panes.first { state.focus = .pane(pane) }
            return state.perform(.renderedPrompt)
        },
        SlashCommand("blind", "compare without names, and vote", action: .blind),
        SlashCommand(
            "repeat", "[TIMES] [warm]", "measure the latest prompt again, with medians and spread", action: .repeats,
            suggestions: repeatWords
        ) { state, arguments throws(CommandProblem) in
            let words = arguments.words
            let warmsUp = words.contains("warm")
            let numbers = words.filter { $0 != "warm" }
            guard numbers.count <= 1, let rounds = numbers.isEmpty ? 5 : Int(numbers[0]), (1...100).contains(rounds)
            else {
                throw CommandProblem("How often? A whole number from 1 to 100.")
            }
            return state.startRepetition(rounds: rounds, warmsUp: warmsUp)
        },
        SlashCommand("stats", "latency, memory, processor and energy in full", action: .figures),
        SlashCommand("together", "answer one after the other, or together", action: .toggleConcurrent),
        SlashCommand("speculate", "guess tokens and check several at once, or not", action: .toggleSpeculation),
    ]

    /// - Returns: the number of a token of a pane's latest answer, from 1.
    private static func tokenNumber(
        _ text: String, of pane: Int, in state: State
    ) throws(CommandProblem) -> Int {
        let count = state.panes[pane].turns.last?.answer.tokens.count ?? 0
        guard count > 0 else { throw CommandProblem("\(state.label(pane)) has no answer to look into yet.") }
        guard let number = Int(text), (1...count).contains(number) else {
            throw CommandProblem("There is no token \(text); the answer of \(state.label(pane)) has \(count).")
        }
        return number
    }

    private static let paneNumbers: @Sendable (State) -> [String] = { state in
        state.panes.indices.map { "@\($0 + 1)" }
    }
    private static let repeatWords: @Sendable (State) -> [String] = { _ in ["5", "10", "warm"] }
}
