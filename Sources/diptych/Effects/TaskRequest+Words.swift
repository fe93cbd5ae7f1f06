import Foundation
import Playground

extension TaskRequest {
    /// What stands behind the command of the same name; none for ``Kind/retrieve``, which is two commands in one.
    var words: [String] {
        switch kind {
        case .classify:
            [path("file")] + options(["labels": "--labels", "limit": "--limit", "calibrate": "--calibrate"])
                + paths(["shots": "--shots"]) + modelWords
        case .extract:
            [path("file")] + options(["limit": "--limit"])
                + paths(["schema": "--schema", "expected": "--expected", "shots": "--shots"]) + modelWords
        case .distill:
            [path("file")] + options(["labels": "--labels", "limit": "--limit"]) + [
                "--teacher", sides.last?.model ?? "",
                "--encoder", arguments["encoder"] ?? sides.first?.model ?? RetrieveEncoder.usual,
                "--output", arguments["student"] == nil ? Self.freeName(for: "student.json") : path("student"),
            ]
        case .cascade: [path("file")] + options(["labels": "--labels", "limit": "--limit"]) + pairWords
        case .ladder:
            sides.map(\.model) + ["--text", path("file")] + options(["formats": "--formats", "chunks": "--chunks"])
        case .advise: [path("file")]
        case .retrieve: []
        }
    }

    /// The pair, or as many as there are.
    private var modelWords: [String] {
        sides.count == 2 ? pairWords : sides.flatMap { ["--model", $0.model] }
    }

    private var pairWords: [String] { ["--small", sides.first?.model ?? "", "--large", sides.last?.model ?? ""] }

    private func options(_ names: [String: String]) -> [String] {
        names.sorted { $0.key < $1.key }.flatMap { name, option in arguments[name].map { [option, $0] } ?? [] }
    }

    private func paths(_ names: [String: String]) -> [String] {
        names.sorted { $0.key < $1.key }.flatMap { name, option in
            arguments[name] == nil ? [] : [option, path(name)]
        }
    }

    /// A file's name, with the home directory for a tilde.
    func path(_ name: String) -> String { ((arguments[name] ?? "") as NSString).expandingTildeInPath }

    /// A name that no file has, so that nothing is written over that nobody named: with -2, -3 … in front of the ending.
    static func freeName(for name: String, exists: (String) -> Bool = FileManager.default.fileExists) -> String {
        guard exists(name) else { return name }
        let url = URL(filePath: name)
        let stem = url.deletingPathExtension().lastPathComponent
        var number = 2
        while exists("\(stem)-\(number).\(url.pathExtension)") { number += 1 }
        return "\(stem)-\(number).\(url.pathExtension)"
    }
}
