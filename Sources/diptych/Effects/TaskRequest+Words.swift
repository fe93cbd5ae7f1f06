import Foundation
import Playground

extension TaskRequest {
    /// What stands behind the command of the same name; none for ``Kind/retrieve``, which is two commands in one.
    var words: [String] {
        switch kind {
        case .classify, .extract, .cascade: [path("file")] + options + columnWords + modelWords
        case .distill:
            [path("file")] + options + columnWords + [
                "--teacher", sides.last?.model ?? "",
                "--encoder", arguments["encoder"] ?? sides.first?.model ?? RetrieveEncoder.usual,
                "--output", arguments["student"] == nil ? Self.freeName(for: "student.json") : path("student"),
            ]
        case .ladder: sides.map(\.model) + ["--text", path("file")] + options
        case .advise: [path("file")]
        case .retrieve: []
        }
    }

    /// The options of the command that the form's lines stand for.
    private var optionNames: [String: String] {
        switch kind {
        case .classify:
            ["labels": "--labels", "limit": "--limit", "calibrate": "--calibrate", "shots": "--shots"]
        case .extract:
            ["limit": "--limit", "schema": "--schema", "expected": "--expected", "shots": "--shots"]
        case .distill, .cascade: ["labels": "--labels", "limit": "--limit"]
        case .ladder: ["formats": "--formats", "chunks": "--chunks"]
        case .retrieve, .advise: [:]
        }
    }

    /// Lines with a file's name.
    private static let paths: Set = ["schema", "expected", "shots"]

    private var options: [String] {
        optionNames.sorted { $0.key < $1.key }.flatMap { name, option -> [String] in
            guard let value = arguments[name] else { return [] }
            return [option, Self.paths.contains(name) ? path(name) : value]
        }
    }

    /// The options that name columns of a file of examples, in the order of the form's line.
    private static let columnOptions = ["--text-field", "--expected-field", "--id-field"]

    private var columnWords: [String] {
        guard let columns = arguments["columns"] else { return [] }
        let names = columns.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        return zip(Self.columnOptions, names).flatMap { [$0, $1] }
    }

    /// The pair, or as many as there are; a student goes before them.
    private var modelWords: [String] {
        let student = kind == .classify && arguments["student"] != nil ? [path("student")] : []
        guard sides.count == 2, student.isEmpty else {
            return (student + sides.map(\.model)).flatMap { ["--model", $0] }
        }
        return ["--small", sides[0].model, "--large", sides[1].model]
    }

    /// A sentence about the command line with the names of the form's lines in it.
    func withoutOptions(_ sentence: String) -> String {
        let lines = Dictionary(
            uniqueKeysWithValues: optionNames.map { ($1, $0) } + Self.columnOptions.map { ($0, "columns") })
        return sentence.replacing(/--[a-z-]+/) { match in lines[String(match.0)] ?? String(match.0) }
    }

    /// A file's name, with the home directory for a tilde.
    func path(_ name: String) -> String { ((arguments[name] ?? "") as NSString).expandingTildeInPath }

    /// A name that no file has, so that nothing is written over that nobody named: with -2, -3 … in front of the ending.
    static func freeName(for name: String, exists: (String) -> Bool = FileManager.default.fileExists) -> String {
        guard exists(name) else { return name }
        let url = URL(filePath: name)
        let (stem, ending) = (url.deletingPathExtension().lastPathComponent, url.pathExtension)
        var number = 2
        while exists("\(stem)-\(number).\(ending)") { number += 1 }
        return "\(stem)-\(number).\(ending)"
    }
}
