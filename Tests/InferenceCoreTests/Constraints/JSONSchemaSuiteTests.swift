import Foundation
import Testing

@testable import InferenceCore

/// Constraints against the official test suite: what a schema forbids can't be written, and what it allows can, in one
/// form at least; schemas that demand more than is known here are refused.
@Suite struct JSONSchemaSuiteTests {
    private struct Tally {
        var groups = 0
        var refused: [String: Int] = [:]
        var valid = 0
        var invalid = 0
        var unwritten: [String] = []

        var summary: String {
            let refusals = refused.sorted { $0.key < $1.key }.map { "\($0.key) (\($0.value))" }.joined(separator: ", ")
            return "\(groups) schemas, \(refused.values.reduce(0, +)) refused for \(refusals); of the others "
                + "\(invalid) invalid instances rejected, \(valid) valid ones accepted, \(unwritten.count) never written"
        }
    }

    /// Valid instances that aren't written, and why: constraints write some of what a schema allows.
    private static let unwritten = [
        "vocabulary.json: schema that uses custom metaschema with with no validation vocabulary: no validation: "
            + "invalid number, but it still validates": "a meta-schema that takes keywords' meaning away isn't followed"
    ]

    private func check(
        _ groups: [JSONSchemaSuite.Group], options: JSONSchemaOptions, mayOmit: (JSONSchemaSuite.Group, String) -> Bool
    ) -> Tally {
        var tally = Tally()
        for group in groups {
            tally.groups += 1
            var constraint: Constraint?
            do throws(ConstraintError) {
                constraint = try Constraint.jsonSchema(group.schema.serialized(), options: options)
            } catch {
                guard case .unsatisfiable = error else {
                    tally.refused[Self.keyword(of: error, in: group), default: 0] += 1
                    continue
                }
            }
            for test in group.tests {
                let name = "\(group.file): \(group.description): \(test.description)"
                let isAccepted = constraint.map { test.instance.writtenForms.contains(where: $0.accepts) } ?? false
                switch (test.isValid, isAccepted) {
                case (true, true): tally.valid += 1
                case (false, false): tally.invalid += 1
                case (false, true): Issue.record("\(name): accepted, but invalid")
                case (true, false):
                    if mayOmit(group, test.description) {
                        tally.unwritten.append(name)
                    } else {
                        Issue.record("\(name): valid, but not accepted")
                    }
                }
            }
        }
        return tally
    }

    /// The keyword for which a schema was refused, which the error has to name.
    private static func keyword(of error: ConstraintError, in group: JSONSchemaSuite.Group) -> String {
        switch error {
        case .unsupportedKeyword(let name, let path):
            #expect(path.hasSuffix("/\(name)"), "\(error)")
            #expect(error.description.contains("\"\(name)\""))
            return name
        case .invalidSchema(let path, _):
            let parts = path.split(separator: "/")
            let known = JSONSchemaKeyword.supportedNames
            return parts.last { known.contains(String($0)) }.map(String.init) ?? "\(error)"
        default:
            Issue.record("\(group.file): \(group.description): \(error)")
            return "\(error)"
        }
    }

    @Test("What is invalid can't be written, and what is valid can")
    func suite() throws {
        guard let suite = try JSONSchemaSuite.fetched() else { return }
        let options = JSONSchemaOptions(whitespace: .none, allowsUndeclaredMembers: true)
        let tally = check(try suite.groups(), options: options) { group, test in
            // Formats are demanded here, which the standard leaves open.
            group.file == "format.json"
                || Self.unwritten["\(group.file): \(group.description): \(test)"] != nil
        }
        print("JSON Schema test suite, draft 2020-12: \(tally.summary)")
        #expect(tally.valid > 430 && tally.invalid > 250)
    }

    @Test("Without undeclared members there is less, but nothing invalid")
    func closed() throws {
        guard let suite = try JSONSchemaSuite.fetched() else { return }
        let tally = check(try suite.groups(), options: JSONSchemaOptions()) { _, _ in true }
        print("… and without undeclared members: \(tally.summary)")
        #expect(tally.valid > 400 && tally.invalid > 250)
    }

    @Test("Formats allow nothing that their standards don't")
    func formats() throws {
        guard let suite = try JSONSchemaSuite.fetched() else { return }
        let groups = try suite.groups("optional/format").filter { group in
            JSONSchemaFormat.names.contains(group.schema["format"]?.stringValue ?? "")
        }
        let options = JSONSchemaOptions(whitespace: .none, allowsUndeclaredMembers: true)
        let tally = check(groups, options: options) { _, _ in true }
        print("… its formats: \(tally.summary): \(tally.unwritten)")
        #expect(tally.valid > 60 && tally.invalid > 100)
    }
}
