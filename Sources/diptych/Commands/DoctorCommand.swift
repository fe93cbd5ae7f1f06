import ArgumentParser
import Configuration

/// `diptych doctor`: what was found on this machine, and what to mend.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Show what was found on this machine, and what to mend."
    )

    @OptionGroup var output: OutputArguments

    func run() async throws {
        let document = DoctorDocument(environment: .process)
        try Output.standard.write(output.isJSON ? document.encoded() : document.text)
    }
}
