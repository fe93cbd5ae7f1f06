extension SlashCommand {
    static let comparing: [SlashCommand] = [
        SlashCommand("inspect", "step through an answer, token by token", action: .inspect),
        SlashCommand(
            "follow", "[FOLLOWER] [LEADER]", "lead one model through the other's answer", action: .follow,
            suggestions: paneNumbers
        ) { state, arguments throws(CommandProblem) in
            try arguments.requireNoWords()
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

    private static let paneNumbers: @Sendable (State) -> [String] = { state in
        state.panes.indices.map { "@\($0 + 1)" }
    }
    private static let repeatWords: @Sendable (State) -> [String] = { _ in ["5", "10", "warm"] }
}
