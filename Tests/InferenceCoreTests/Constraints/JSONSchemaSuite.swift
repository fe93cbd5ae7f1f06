import Foundation
import Testing

@testable import InferenceCore

/// The official test suite of JSON Schema, as `.ci/fetch-schema-suite` lays it out.
struct JSONSchemaSuite {
    struct Missing: Error, CustomStringConvertible {
        let path: String

        var description: String { "\(path): the JSON Schema test suite is missing; `make test` fetches it" }
    }

    struct Group {
        var file: String
        var description: String
        var schema: JSONValue
        var tests: [(description: String, instance: JSONValue, isValid: Bool)]
    }

    let folder: URL

    /// Nil with a line that says why the test is skipped; under continuous integration that is a failure.
    static func fetched() throws -> JSONSchemaSuite? {
        let root = URL(filePath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let folder = root.appending(path: ".build-suites/json-schema/tests/draft2020-12")
        if FileManager.default.isReadableFile(atPath: folder.appending(path: "type.json").path) {
            return JSONSchemaSuite(folder: folder)
        }
        let missing = Missing(path: folder.path)
        guard ProcessInfo.processInfo.environment["CI"] != "true" else { throw missing }
        print("skipped: \(missing)")
        return nil
    }

    /// - Parameter subfolder: such as `optional/format`.
    func groups(_ subfolder: String = "") throws -> [Group] {
        let folder = folder.appending(path: subfolder)
        return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().flatMap { file -> [Group] in
            guard file.hasSuffix(".json") else { return [] }
            let document = try JSONValue(parsing: Data(contentsOf: folder.appending(path: file)))
            return (document.arrayValue ?? []).map { group in
                Group(
                    file: file, description: group["description"]?.stringValue ?? "", schema: group["schema"] ?? .null,
                    tests: (group["tests"]?.arrayValue ?? []).map { test in
                        (
                            test["description"]?.stringValue ?? "", test["data"] ?? .null,
                            test["valid"] == .boolean(true)
                        )
                    })
            }
        }
    }
}

extension JSONValue {
    /// The texts in which constraints may write a value: numbers without exponents, members in any order; at most 2,000.
    var writtenForms: [String] {
        switch self {
        case .integer, .double:
            guard let number = DecimalNumber(self) else { return [serialized()] }
            let digits = { (digits: [UInt8]) in String(decoding: digits.map { $0 + 0x30 }, as: UTF8.self) }
            return [
                (number.isNegative ? "-" : "") + (number.whole.isEmpty ? "0" : digits(number.whole))
                    + (number.fraction.isEmpty ? "" : "." + digits(number.fraction))
            ]
        case .array(let items): return Self.lists(items.map(\.writtenForms)).map { "[\($0.joined(separator: ","))]" }
        case .object(let members):
            let written = members.map { member in
                member.value.writtenForms.map { "\(JSONValue.string(member.name).serialized()):\($0)" }
            }
            return Self.orders(written).flatMap(Self.lists).prefix(2000).map { "{\($0.joined(separator: ","))}" }
        default: return [serialized()]
        }
    }

    /// All ways to take one of each.
    private static func lists(_ choices: [[String]]) -> [[String]] {
        choices.reduce([[]]) { lists, forms in
            Array(lists.lazy.flatMap { list in forms.map { list + [$0] } }.prefix(2000))
        }
    }

    private static func orders(_ items: [[String]]) -> [[[String]]] {
        guard items.count > 1, items.count <= 6 else { return [items] }
        return items.indices.flatMap { first -> [[[String]]] in
            var others = items
            let item = others.remove(at: first)
            return orders(others).map { [item] + $0 }
        }
    }
}
