/// Why a terminal can't show a full screen.
public enum TerminalError: Error, Equatable, CustomStringConvertible {
    /// Standard output doesn't lead to a terminal.
    case outputRedirected
    /// There is no terminal to read keys from.
    case noKeyboard
    /// TERM isn't set.
    case unnamed
    /// The terminfo database has no entry of this name.
    case unknown(String)
    /// The terminal can't place the cursor.
    case tooSimple(String)
    /// A system call failed.
    case system(String)
    /// A program can't be started in the terminal.
    case program(path: String, reason: String)

    public var description: String {
        let plain = #"without a full screen, use "diptych --plain""#
        switch self {
        case .outputRedirected:
            return "standard output is not a terminal; \(plain)"
        case .noKeyboard:
            return "no terminal to read keys from: /dev/tty can't be opened; \(plain)"
        case .unnamed:
            return "TERM is not set; set it to the terminal's type, such as xterm-256color, or, \(plain)"
        case .unknown(let name):
            return """
                TERM is "\(name)", which the terminfo database doesn't know; set it to a known type, such as \
                xterm-256color, or, \(plain)
                """
        case .tooSimple(let name):
            return #"TERM is "\#(name)", a terminal that can't place the cursor; \#(plain)"#
        case .system(let reason):
            return "the terminal can't be set up: \(reason)"
        case .program(let path, let reason):
            return "\(path) can't be started: \(reason); look whether it is there and may be run"
        }
    }
}
