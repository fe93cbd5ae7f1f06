import Screen

/// Turns the bytes of a terminal into keys and pastes.
///
/// A state machine without a clock: time is passed in, as a duration since whatever moment the caller likes, and
/// ``deadline`` says when to call ``expire(at:)`` if no byte comes before. Understands UTF-8, the CSI and SS3 sequences
/// of xterm, rxvt, tmux, screen and the Linux console, bracketed paste, and reports of the mouse. Sequences that mean
/// nothing here vanish.
public struct InputDecoder: Sendable {
    /// How long an ESC may be the beginning of something longer.
    public static let escapeDelay = Duration.milliseconds(25)
    /// How long the rest of a sequence that has begun may take to come.
    public static let sequenceDelay = Duration.milliseconds(250)
    /// How long a paste may pause before it is taken as complete, its end having been lost.
    public static let pasteDelay = Duration.seconds(2)
    /// Bytes of one paste that are kept; the rest of it vanishes.
    public static let pasteLimit = 1 << 20
    private static let sequenceLimit = 64

    private enum State {
        case ground
        case escape
        /// After ESC [, with the bytes since.
        case control([UInt8])
        /// After ESC O.
        case singleShift
        /// After ESC [ M, with the bytes since: the mouse, from terminals that know no other form.
        case mouse([UInt8])
        /// A UTF-8 sequence that isn't complete.
        case unicode([UInt8], missing: Int, isAlt: Bool)
        case paste([UInt8])
    }

    private var state = State.ground
    /// When the open sequence expires; nil while none is open.
    public private(set) var deadline: Duration?
    /// Characters since the last other key: combined before they are passed on, so that a base and its marks that
    /// arrive together are one key.
    private var text = String.UnicodeScalarView()
    private var events: [InputEvent] = []

    public init() {}

    /// What the bytes complete.
    public mutating func feed(_ bytes: some Sequence<UInt8>, at time: Duration) -> [InputEvent] {
        for byte in bytes { take(byte) }
        switch state {
        case .ground: deadline = nil
        case .escape, .singleShift: deadline = time + Self.escapeDelay
        case .control(let bytes): deadline = time + (bytes.isEmpty ? Self.escapeDelay : Self.sequenceDelay)
        case .mouse, .unicode: deadline = time + Self.sequenceDelay
        case .paste: deadline = time + Self.pasteDelay
        }
        return flush()
    }

    /// What the open sequence was after all, if its time is up: a lone ESC is the Escape key, for instance.
    public mutating func expire(at time: Duration) -> [InputEvent] {
        guard let deadline, time >= deadline else { return [] }
        switch state {
        case .ground, .mouse: break
        case .escape: emit(.escape)
        case .control(let bytes): if bytes.isEmpty { emit(.alt("[")) }
        case .singleShift: emit(.alt("O"))
        case .unicode: text.append("\u{FFFD}")
        case .paste(let bytes): emitPaste(bytes[...])
        }
        state = .ground
        self.deadline = nil
        return flush()
    }

    private mutating func take(_ byte: UInt8) {
        switch state {
        case .ground: takeGround(byte, isAlt: false)
        case .escape: takeEscaped(byte)
        case .control(let bytes): takeControl(byte, after: bytes)
        case .singleShift: takeSingleShift(byte)
        case .mouse(let bytes): takeMouse(byte, after: bytes)
        case .unicode(let bytes, let missing, let isAlt): takeUnicode(byte, after: bytes, missing, isAlt)
        case .paste: takePaste(byte)
        }
    }

    private mutating func takeGround(_ byte: UInt8, isAlt: Bool) {
        state = .ground
        switch byte {
        case 0x1B: state = .escape
        case 0x00..<0x20, 0x7F: emit(KeySequences.control(byte))
        case 0x20..<0x7F: emit(Unicode.Scalar(byte), isAlt)
        case 0xC2...0xDF: state = .unicode([byte], missing: 1, isAlt: isAlt)
        case 0xE0...0xEF: state = .unicode([byte], missing: 2, isAlt: isAlt)
        case 0xF0...0xF4: state = .unicode([byte], missing: 3, isAlt: isAlt)
        default: emit("\u{FFFD}", isAlt)
        }
    }

    private mutating func takeEscaped(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "["): state = .control([])
        case UInt8(ascii: "O"): state = .singleShift
        case 0x0A, 0x0D:
            state = .ground
            emit(.altEnter)
        case 0x08, 0x7F:
            state = .ground
            // Readline's "delete the word before the cursor".
            emit(.control("w"))
        case 0x20...0x7E, 0x80...0xFF:
            takeGround(byte, isAlt: true)
        default:
            emit(.escape)
            takeGround(byte, isAlt: false)
        }
    }

    private mutating func takeControl(_ byte: UInt8, after bytes: [UInt8]) {
        let isLinuxFunctionKey = bytes == [UInt8(ascii: "[")]
        switch byte {
        case UInt8(ascii: "[") where bytes.isEmpty, 0x20...0x3F:
            // A sequence that never ends is no sequence.
            state = bytes.count < Self.sequenceLimit ? .control(bytes + [byte]) : .ground
        case 0x40...0x7E where isLinuxFunctionKey:
            state = .ground
            if (0x41...0x45).contains(byte) { emit(.function(Int(byte) - 0x40)) }
        case 0x40...0x7E:
            state = .ground
            if byte == UInt8(ascii: "~"), bytes == Array("200".utf8) {
                state = .paste([])
            } else if byte == UInt8(ascii: "M"), bytes.isEmpty {
                state = .mouse([])
            } else if let event = MouseReports.event(parameters: bytes, final: byte) {
                combine()
                events.append(.mouse(event))
            } else if let key = KeySequences.control(parameters: bytes, final: byte) {
                emit(key)
            }
        default:
            takeGround(byte, isAlt: false)
        }
    }

    private mutating func takeSingleShift(_ byte: UInt8) {
        guard (0x20...0x7E).contains(byte) else {
            emit(.alt("O"))
            takeGround(byte, isAlt: false)
            return
        }
        state = .ground
        if let key = KeySequences.singleShift(byte) { emit(key) }
    }

    private mutating func takeMouse(_ byte: UInt8, after bytes: [UInt8]) {
        let report = bytes + [byte]
        guard report.count == 3 else {
            state = .mouse(report)
            return
        }
        state = .ground
        guard let event = MouseReports.event(bytes: report) else { return }
        combine()
        events.append(.mouse(event))
    }

    private mutating func takeUnicode(_ byte: UInt8, after bytes: [UInt8], _ missing: Int, _ isAlt: Bool) {
        guard (0x80...0xBF).contains(byte) else {
            emit("\u{FFFD}", isAlt)
            takeGround(byte, isAlt: false)
            return
        }
        let sequence = bytes + [byte]
        guard missing == 1 else {
            state = .unicode(sequence, missing: missing - 1, isAlt: isAlt)
            return
        }
        state = .ground
        let scalars = String(decoding: sequence, as: UTF8.self).unicodeScalars
        guard let scalar = scalars.first, scalars.count == 1 else {
            emit("\u{FFFD}", isAlt)
            return
        }
        // C1 controls are keys of no terminal.
        if !(0x80...0x9F).contains(scalar.value) { emit(scalar, isAlt) }
    }

    private static let pasteEnd = Array("\u{1B}[201~".utf8)

    /// Keeps the last bytes even past the limit, because they may be the paste's end.
    private mutating func takePaste(_ byte: UInt8) {
        guard case .paste(var bytes) = state else { return }
        // Releases the state's own reference, so that the array grows in place.
        state = .ground
        if bytes.count >= Self.pasteLimit + Self.pasteEnd.count {
            bytes.remove(at: bytes.count - Self.pasteEnd.count)
        }
        bytes.append(byte)
        if byte == UInt8(ascii: "~"), bytes.suffix(Self.pasteEnd.count).elementsEqual(Self.pasteEnd) {
            emitPaste(bytes.dropLast(Self.pasteEnd.count))
        } else {
            state = .paste(bytes)
        }
    }

    private mutating func emitPaste(_ bytes: ArraySlice<UInt8>) {
        combine()
        let pasted = String(decoding: bytes.prefix(Self.pasteLimit), as: UTF8.self)
        let lines = pasted.split(omittingEmptySubsequences: false) { $0 == "\r\n" || $0 == "\r" || $0 == "\n" }
        events.append(.paste(lines.joined(separator: "\n")))
    }

    private mutating func emit(_ key: Key) {
        combine()
        events.append(.key(key))
    }

    private mutating func emit(_ scalar: Unicode.Scalar, _ isAlt: Bool) {
        if isAlt { emit(.alt(Character(scalar))) } else { text.append(scalar) }
    }

    private mutating func combine() {
        guard !text.isEmpty else { return }
        events += String(text).map { .key(.character($0)) }
        text.removeAll()
    }

    private mutating func flush() -> [InputEvent] {
        combine()
        defer { events = [] }
        return events
    }
}
