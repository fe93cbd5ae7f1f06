import ArgumentParser

/// How models on servers are reached.
struct ServerArguments: ParsableArguments {
    @Flag(
        name: .customLong("allow-plain-http"),
        help: "Allow http:// to another machine: prompts and key travel unencrypted.")
    var allowsPlainHTTP = false
}
