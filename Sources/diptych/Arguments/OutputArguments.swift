import ArgumentParser

/// How results are written.
struct OutputArguments: ParsableArguments {
    @Flag(name: .customLong("json"), help: "Write one JSON document to standard output.")
    var isJSON = false
}
