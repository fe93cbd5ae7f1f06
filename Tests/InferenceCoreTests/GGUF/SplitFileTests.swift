import EngineTestSupport
import Foundation
import Testing

@testable import InferenceCore

/// Models in several files.
@Suite struct SplitFileTests {
    private static let runtime = Runtime(threads: 2)
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// Writes the parts and returns their paths.
    private func write(_ parts: [GGUFWriter], of count: Int? = nil) throws -> [String] {
        try parts.enumerated().map { index, part in
            let ending = GGUFPartName.ending(part: index + 1, of: count ?? parts.count)
            return try folder.write(part.bytes, as: "tiny" + ending)
        }
    }

    private func error(_ path: String) throws -> GGUFError {
        let error = try #require(throws: GGUFError.self) { try GGUFFile(path: path) }
        #expect(GGUFFile.inspect(path: path).error == error)
        #expect(!error.description.contains("\n"))
        return error
    }

    private func logits(_ path: String) async throws -> [[UInt32]] {
        let session = try Session(model: Model(path: path, runtime: Self.runtime), contextLength: 64)
        return try await session.logits(of: [5, 6, 7, 8, 9, 10, 11], last: 4).map { $0.map(\.bitPattern) }
    }

    @Test(arguments: TinyModel.Architecture.allCases, [false, true])
    func anyPartStandsForTheWholeModel(architecture: TinyModel.Architecture, isFirstEmpty: Bool) async throws {
        let model = TinyModel(architecture)
        let whole = try model.write(to: folder, as: "whole.gguf")
        let expected = try await logits(whole)
        for path in try write(model.writer().split(into: 3, isFirstEmpty: isFirstEmpty)) {
            #expect(try await logits(path) == expected)
        }
    }

    @Test func tensorsPointIntoTheirParts() throws {
        let writer = TinyModel().writer()
        let parts = writer.split(into: 3)
        let paths = try write(parts)
        let (file, whole) = (try GGUFFile(path: paths[1]), try TinyModel().open())
        #expect(file.path == paths[0])
        #expect(file.parts.map(\.path) == paths)
        #expect(file.byteCount == parts.reduce(0) { $0 + $1.bytes.count })
        #expect(file.tensors.map(\.name) == whole.tensors.map(\.name))
        #expect(Set(file.tensors.map(\.part)) == [0, 1, 2])
        for (tensor, original) in zip(file.tensors, whole.tensors) {
            #expect(file.bytes(of: tensor).elementsEqual(whole.bytes(of: original)), "\(tensor.name)")
            #expect(file.tensor(named: tensor.name) == tensor)
        }
        // A tensor of a file with more parts lies outside of this one.
        #expect(whole.bytes(of: try #require(file.tensors.last)).isEmpty)
    }

    @Test func memoryCountsAllParts() async throws {
        let paths = try write(TinyModel().writer().split(into: 3))
        let sizes = try paths.map { try MappedFile(path: $0).byteCount }
        let model = try Model(path: paths[2], runtime: Self.runtime)
        #expect(model.byteCount == sizes.reduce(0, +))
        #expect(model.parameterCount == (try TinyModel().open().tensors.reduce(0) { $0 + $1.elementCount }))
        let session = try Session(model: model, contextLength: 64)
        _ = try await session.logits(of: [5, 6, 7])
        let memory = session.memory()
        #expect(memory.weightsMapped == model.byteCount)
        #expect(memory.weightsResident > sizes.max() ?? 0)
    }

    @Test func inspectShowsAllParts() throws {
        let parts = TinyModel().writer().split(into: 3)
        let paths = try write(parts)
        let summary = GGUFFile.inspect(path: paths[1])
        #expect(summary.error == nil)
        #expect(summary.issues == [])
        #expect(summary.path == paths[0])
        #expect(summary.parts.map(\.path) == paths)
        #expect(summary.parts.map(\.number) == [1, 2, 3])
        #expect(summary.parts.map(\.byteCount) == parts.map(\.bytes.count))
        #expect(summary.parts.map(\.tensorCount) == parts.map(\.tensors.count))
        #expect(summary.fileByteCount == parts.reduce(0) { $0 + $1.bytes.count })
        #expect(summary.tensors.count == TinyModel().writer().tensors.count)
        #expect(summary.tensors.first?.part == 0)
        #expect(summary.tensors.last?.part == 2)
        #expect(summary.pairs.contains { $0.key == "general.architecture" })
    }

    @Test(arguments: 0..<3, 0..<3)
    func aMissingPartIsNamed(missing: Int, asked: Int) throws {
        guard missing != asked else { return }
        let paths = try write(TinyModel().writer().split(into: 3))
        try FileManager.default.removeItem(atPath: paths[missing])
        let error = try error(paths[asked])
        #expect(error.kind == .missing)
        #expect(error.path == paths[missing])
        #expect(error.expected == "part \(missing + 1) of 3")
        // The others can still be looked at.
        let summary = GGUFFile.inspect(path: paths[asked])
        #expect(summary.parts.map(\.path) == paths.indices.filter { $0 != missing }.map { paths[$0] })
    }

    @Test func aPartCutShortIsNamed() throws {
        let paths = try write(TinyModel().writer().split(into: 3))
        try #require(truncate(paths[1], 2000) == 0)
        let error = try error(paths[0])
        #expect(error.kind == .truncated)
        #expect(error.path == paths[1])
    }

    @Test func aPartThatShrinksWhileMappedIsNoticed() throws {
        let paths = try write(TinyModel().writer().split(into: 3))
        let file = try GGUFFile(path: paths[0])
        try #require(truncate(paths[2], 100) == 0)
        #expect(throws: MappedFileError.self) { try file.checkIntact() }
    }

    @Test func partsWithOtherNamesCanNotBeFound() throws {
        let parts = TinyModel().writer().split(into: 3)
        let path = try folder.write(parts[1].bytes, as: "renamed.gguf")
        let error = try error(path)
        #expect(error.field == "file name")
        #expect(error.expected == "NAME-00002-of-00003.gguf")
        // A name that promises another place isn't believed.
        let swapped = try folder.write(parts[1].bytes, as: "swapped-00001-of-00003.gguf")
        #expect(try self.error(swapped).field == "file name")
        let fewer = try folder.write(parts[1].bytes, as: "fewer-00002-of-00002.gguf")
        #expect(try self.error(fewer).field == "file name")
    }

    /// What can be wrong with the second part, and the field that the error names.
    @Test(arguments: [
        ("split.no", GGUFWriter.Value.uint16(2), "key split.no"),
        ("split.count", .uint16(4), "key split.count"),
        ("split.count", .uint16(1), "key split.count"),
        ("split.tensors.count", .int32(7), "key split.tensors.count"),
        ("split.tensors.count", .string("many"), "key split.tensors.count"),
        ("general.architecture", .string("qwen2"), "key general.architecture"),
    ])
    func aPartOfAnotherModelIsNamed(key: String, value: GGUFWriter.Value, field: String) throws {
        var parts = TinyModel().writer().split(into: 3)
        parts[1][key] = value
        let paths = try write(parts)
        let error = try error(paths[0])
        #expect(error.path == paths[1])
        #expect(error.field == field)
    }

    @Test func aPartWithoutItsNumbersIsNamed() throws {
        for key in GGUFSplit.keys {
            var parts = TinyModel().writer().split(into: 3)
            parts[1][key] = nil
            let paths = try write(parts)
            #expect(try error(paths[0]).path == paths[1])
        }
    }

    @Test func aTensorInTwoPartsIsNamed() throws {
        var parts = TinyModel().writer().split(into: 3)
        let twice = parts[0].tensors[0]
        parts[2].tensors.append(twice)
        let paths = try write(parts)
        let error = try error(paths[0])
        #expect(error.path == paths[2])
        #expect(error.field == "tensor \(twice.name)")
        #expect(error.found.contains(paths[0]))
    }

    @Test func aWrongTotalIsNamed() throws {
        var parts = TinyModel().writer().split(into: 3)
        let count = parts[0].tensors.count + parts[1].tensors.count + parts[2].tensors.count
        parts[2].tensors.removeLast()
        let error = try error(try write(parts)[0])
        #expect(error.field == "key split.tensors.count")
        #expect(error.expected.hasPrefix("\(count) "))
        #expect(error.found == "\(count - 1)")
    }

    @Test(arguments: [GGUFWriter.Value.uint16(65_535), .int32(-3), .uint64(.max), .string("3")])
    func impossibleCountsAreRefused(count: GGUFWriter.Value) throws {
        var parts = TinyModel().writer().split(into: 3)
        parts[0]["split.count"] = count
        #expect(try error(try write(parts)[0]).field == "key split.count")
    }

    @Test(arguments: [0, 1])
    func aFileInOnePartIsWhole(count: UInt16) throws {
        var writer = TinyModel().writer()
        writer["split.count"] = .uint16(count)
        let path = try folder.write(writer.bytes, as: "whole.gguf")
        #expect(try GGUFFile(path: path).parts.count == 1)
    }

    @Test func aPartInMemoryIsNothingWithoutTheOthers() throws {
        let mapping = MappedFile(copying: TinyModel().writer().split(into: 3)[0].bytes, path: "memory")
        let error = try #require(throws: GGUFError.self) { try GGUFFile(mapping: mapping) }
        #expect(error.kind == .missing)
        #expect(error.expected == "all 3 parts")
        #expect(GGUFFile.inspect(mapping).error == error)
    }

    @Test func whatIsQuantizedFromPartsIsWhole() async throws {
        let paths = try write(TinyModel(.qwen2).writer().split(into: 3))
        let whole = try TinyModel(.qwen2).write(to: folder, as: "whole.gguf")
        let quantizer = try Quantizer(GGUFFile(path: paths[0]), mix: .q8, runtime: Self.runtime)
        #expect(throws: QuantizationError.sameFile(path: paths[2])) {
            try quantizer.write(to: paths[2], replaces: true)
        }
        let (fromParts, fromWhole) = ("\(folder.path)/parts-q8.gguf", "\(folder.path)/whole-q8.gguf")
        try quantizer.write(to: fromParts)
        try Quantizer(GGUFFile(path: whole), mix: .q8, runtime: Self.runtime).write(to: fromWhole)
        #expect(try Data(contentsOf: URL(filePath: fromParts)) == Data(contentsOf: URL(filePath: fromWhole)))
    }
}
