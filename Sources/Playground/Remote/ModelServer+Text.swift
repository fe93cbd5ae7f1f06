import Chat
import Screen

extension ModelServer {
    /// The host, fit to be shown: it came from a configuration or a command line.
    var shownHost: String { VisibleText.of(host).onOneLine }

    /// "models.example (vLLM)".
    var place: String { shownHost + (software.map { " (\(VisibleText.of($0).onOneLine))" } ?? "") }

    /// Whether the host is the machine that this program runs on, by its name or its loopback address.
    var isThisMachine: Bool {
        // Everything in 127.0.0.0/8 is loopback (RFC 1122), and so are names below "localhost" (RFC 6761).
        let name = host.hasPrefix("[") ? host.prefix { $0 != "]" }.dropFirst() : host.prefix { $0 != ":" }
        let numbers = name.split(separator: ".", omittingEmptySubsequences: false)
        let isLoopback = numbers.count == 4 && numbers[0] == "127" && numbers.allSatisfy { UInt8($0) != nil }
        return isLoopback || name == "::1" || name == "localhost" || name.hasSuffix(".localhost")
    }

    /// Whether others on the way can read prompts and answers.
    var isOpenToOthers: Bool { !isSecure && !isThisMachine }
}

extension ModelProfile {
    /// Whether the model computes on the machine that this program runs on.
    var isOnThisMachine: Bool { server?.isThisMachine ?? true }
}

extension State {
    /// Whether models answer at the same time on the same machine: then no model's figures are its own.
    var sharesMachine: Bool {
        settings.isConcurrent && panes.count { $0.profile?.isOnThisMachine ?? true } > 1
    }
}
