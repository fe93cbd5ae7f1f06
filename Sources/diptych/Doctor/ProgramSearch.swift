import Foundation

/// Looks for programs the way a shell does.
enum ProgramSearch {
    static func path(of program: String, searching path: String) -> String? {
        path.split(separator: ":").lazy.map { "\($0)/\(program)" }.first { candidate in
            FileManager.default.isExecutableFile(atPath: candidate)
        }
    }
}
