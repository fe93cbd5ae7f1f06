import Foundation
import Screen

/// Both ends of a pseudo-terminal: what a program does to one end can be seen at the other.
final class PseudoTerminal: Sendable {
    struct Failure: Error {
        var call: String
    }

    // TIOCSPTLCK and TIOCGPTN, which Swift doesn't import.
    private static let setLock: UInt = 0x4004_5431
    private static let getNumber: UInt = 0x8004_5430

    /// The program's end.
    let slave: Int32
    /// Where another process finds the program's end.
    let path: String
    private let master: Int32

    init(size: Size) throws {
        master = open("/dev/ptmx", O_RDWR | O_NOCTTY)
        var locked: Int32 = 0
        var number: UInt32 = 0
        guard master >= 0, ioctl(master, Self.setLock, &locked) == 0, ioctl(master, Self.getNumber, &number) == 0
        else { throw Failure(call: "/dev/ptmx") }
        path = "/dev/pts/\(number)"
        slave = open(path, O_RDWR | O_NOCTTY)
        guard slave >= 0 else { throw Failure(call: "open") }
        _ = fcntl(master, F_SETFL, O_NONBLOCK)
        resize(size)
    }

    deinit {
        close(slave)
        close(master)
    }

    func resize(_ size: Size) {
        var window = winsize(
            ws_row: UInt16(size.rows), ws_col: UInt16(size.columns), ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(master, UInt(TIOCSWINSZ), &window)
    }

    /// Types bytes at the keyboard.
    func type(_ text: String) {
        let bytes = Array(text.utf8)
        _ = write(master, bytes, bytes.count)
    }

    /// What the program has sent since the last time.
    func sent() -> String {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = read(master, &buffer, buffer.count)
            guard count > 0 else { break }
            bytes += buffer[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The modes that a program may change.
    var modes: [UInt32] {
        var modes = termios()
        tcgetattr(slave, &modes)
        return [modes.c_iflag, modes.c_oflag, modes.c_cflag, modes.c_lflag]
    }
}
