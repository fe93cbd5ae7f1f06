import Foundation

/// Environment variables as a value, so that a test can bring its own.
public struct Environment: Sendable, Equatable {
    public var variables: [String: String]

    public init(_ variables: [String: String]) {
        self.variables = variables
    }

    /// The environment that this process was started with.
    public static var process: Environment { Environment(ProcessInfo.processInfo.environment) }

    /// The variable's value; nil if it is unset or empty, which mean the same to every variable read here.
    public subscript(name: String) -> String? {
        guard let value = variables[name], !value.isEmpty else { return nil }
        return value
    }
}
