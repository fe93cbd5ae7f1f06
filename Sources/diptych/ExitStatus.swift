import ArgumentParser
import Foundation

/// The exit codes of every subcommand.
enum ExitStatus: Int32 {
    case done = 0
    case failed = 1
    case wrongUsage = 2
    case interrupted = 130
}

extension ExitStatus {
    /// Says on standard error, in one line, why the program ends; help and version texts go to standard output.
    static func reporting(_ error: any Error, arguments: [String]) -> ExitStatus {
        switch error {
        case is ReaderGone:
            // Whoever read the output has seen enough: nothing failed and nobody is there to be told.
            return .done
        case is Interrupted:
            Output.standardError.tell("interrupted")
            return .interrupted
        case let failure as CommandFailure:
            Output.standardError.tell(failure.message)
            return failure.status
        default:
            return reportingParser(error, arguments: arguments)
        }
    }

    /// `parseAsRoot` wraps what it throws in a type of its own; only the parser can tell help from a mistake.
    private static func reportingParser(_ error: any Error, arguments: [String]) -> ExitStatus {
        switch Diptych.exitCode(for: error) {
        case .success:
            do {
                try Output.standard.write(Diptych.fullMessage(for: error) + "\n")
                return .done
            } catch {
                return reporting(error, arguments: arguments)
            }
        case .validationFailure:
            let named = arguments.first { argument in
                Diptych.configuration.subcommands.contains { $0._commandName == argument }
            }
            let command = ["diptych", named].compactMap { $0 }.joined(separator: " ")
            Output.standardError.tell("\(Diptych.message(for: error)) See '\(command) --help'.")
            return .wrongUsage
        default:
            Output.standardError.tell(String(oneLine: error))
            return .failed
        }
    }
}

/// A failure that has its own exit status.
struct CommandFailure: Error, CustomStringConvertible {
    let message: String
    var status = ExitStatus.failed
    var description: String { message }
}

extension String {
    /// What an error says, whichever of the library's conventions it follows, without line breaks.
    init(oneLine error: any Error) {
        let text =
            switch error {
            case let error as any LocalizedError: error.errorDescription ?? String(describing: error)
            case let error as CocoaError: error.localizedDescription
            default: String(describing: error)
            }
        self = text.split(whereSeparator: \.isNewline).joined(separator: " ")
    }
}
