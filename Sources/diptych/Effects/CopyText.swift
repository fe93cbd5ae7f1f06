import Playground
import TerminalIO

/// Hands a text to the clipboard of the terminal's machine.
struct CopyText {
    var text: String

    func perform(on device: any TerminalDevice) -> Event {
        switch device.copy(text) {
        case .sent: .copied(.success(text.count))
        case .tooLong(let bytes, let limit):
            .copied(
                .failure("the answer has \(bytes) bytes, and terminals take \(limit); /copy FILE writes it to a file"))
        case .closed: .copied(.failure("the terminal is closed"))
        }
    }
}
