import Foundation

/// What became of a text that was copied through the terminal.
public enum CopyResult: Sendable, Equatable {
    /// It was sent. Whether the terminal takes it, it doesn't say: some ask their user, some have it turned off.
    case sent
    /// It has more bytes than terminals take; nothing was sent.
    case tooLong(bytes: Int, limit: Int)
    /// The terminal is closed.
    case closed
}

/// Puts text into the clipboard of the computer that the terminal runs on, however far away this program is.
///
/// Source: xterm's control sequences, OSC 52. tmux reads the sequence and passes it on where `set-clipboard` is `on` or
/// `external`. GNU screen passes on only what is wrapped in device control strings, which it keeps short.
struct Clipboard: Sendable, Equatable {
    /// Bytes of a text that can be copied: more than 100,000 bytes of sequence are dropped by hterm and others.
    static let limit = 74_994
    private static let wrappedBytes = 200

    /// How the sequence reaches the terminal.
    enum Path: Sendable, Equatable {
        case plain, wrapped
        /// It may be tmux or GNU screen, on the other side of a connection: each of them ignores what the other reads.
        case both
    }

    let path: Path

    init(environment: [String: String]) {
        func isSet(_ name: String) -> Bool { environment[name].map { !$0.isEmpty } ?? false }
        if isSet("TMUX") {
            path = .plain
        } else if isSet("STY") {
            path = .wrapped
        } else {
            path = environment["TERM"]?.hasPrefix("screen") == true ? .both : .plain
        }
    }

    /// The bytes that copy a text; nil where it is too long.
    func sequence(copying text: String) -> String? {
        guard text.utf8.count <= Self.limit else { return nil }
        let plain = "\u{1B}]52;c;" + Data(text.utf8).base64EncodedString() + "\u{7}"
        switch path {
        case .plain: return plain
        case .wrapped: return wrapped(plain)
        case .both: return plain + wrapped(plain)
        }
    }

    private func wrapped(_ sequence: String) -> String {
        let bytes = Array(sequence.utf8)
        return stride(from: 0, to: bytes.count, by: Self.wrappedBytes).map { start in
            let part = bytes[start..<min(start + Self.wrappedBytes, bytes.count)]
            return "\u{1B}P" + String(decoding: part, as: UTF8.self) + "\u{1B}\\"
        }.joined()
    }
}
