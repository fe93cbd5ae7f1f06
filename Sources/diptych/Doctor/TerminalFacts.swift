import Foundation

extension DoctorDocument.Terminal {
    /// What the environment and the descriptors say about the terminal, without changing anything.
    static func current(environment: [String: String]) -> DoctorDocument.Terminal {
        var size = winsize()
        let descriptors = [STDOUT_FILENO, STDERR_FILENO, STDIN_FILENO]
        let terminal = descriptors.first { isatty($0) == 1 }
        let hasSize = terminal.map { ioctl($0, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 } ?? false
        return DoctorDocument.Terminal(
            isTerminal: terminal != nil, term: environment["TERM"], colors: colors(environment),
            isUTF8: isUTF8(environment), columns: hasSize ? Int(size.ws_col) : nil,
            rows: hasSize ? Int(size.ws_row) : nil)
    }

    /// "none", "16", "256" or "24-bit", as the environment's conventions say.
    static func colors(_ environment: [String: String]) -> String {
        let term = environment["TERM"] ?? ""
        if environment["NO_COLOR"]?.isEmpty == false || term.isEmpty || term == "dumb" { return "none" }
        if ["truecolor", "24bit"].contains(environment["COLORTERM"] ?? "") { return "24-bit" }
        return term.contains("256color") ? "256" : "16"
    }

    /// The locale's character set, after POSIX's order of precedence.
    static func isUTF8(_ environment: [String: String]) -> Bool {
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
        let lowered = locale.lowercased()
        return lowered.hasSuffix("utf-8") || lowered.hasSuffix("utf8")
    }
}
