import EngineTestSupport
import Testing

@testable import InferenceCore

@Suite struct GGUFInspectTests {
    private func inspect(_ bytes: [UInt8]) -> GGUFSummary {
        GGUFFile.inspect(MappedFile(copying: bytes, path: "sample.gguf"))
    }

    @Test func soundFileIsSummarised() throws {
        let writer = GGUFSample.writer()
        let summary = inspect(writer.bytes)
        #expect(summary.error == nil)
        #expect(summary.issues.isEmpty)
        #expect(summary.version == 3)
        #expect(summary.alignment == 32)
        #expect(summary.fileByteCount == writer.bytes.count)
        #expect(summary.pairs.count == writer.pairs.count)
        #expect(summary.pairs[0] == .init(key: "general.architecture", type: "string", value: "\"sample\""))
        #expect(summary.pairs[10].value == "0.1")
        #expect(
            summary.pairs[13]
                == .init(key: "a.strings", type: "array of string", value: #"["", "one", "zwei", "trois è"] (4)"#))
        #expect(summary.pairs[17].value == "[1 × string, 2 × int8] (2)")
        #expect(summary.tensors.map(\.format) == ["F32", "Q4_0", "F32"])
        #expect(summary.tensors.map(\.byteCount) == [48, 72, 4])
        #expect(summary.tensors[1].shape == [64, 2])
        #expect(
            summary.formats == [
                .init(format: "F32", tensorCount: 2, parameterCount: 13, byteCount: 52),
                .init(format: "Q4_0", tensorCount: 1, parameterCount: 128, byteCount: 72),
            ])
        #expect(summary.parameterCount == 141)
    }

    @Test func truncatedContentsAreListed() {
        let bytes = GGUFSample.writer().bytes
        let summary = inspect(Array(bytes.dropLast(100)))
        #expect(summary.error?.kind == .truncated)
        #expect(summary.tensors.count == 3)
        #expect(summary.tensors.map(\.byteCount) == [48, 72, 4])
        #expect(summary.pairs.count == 18)
    }

    @Test func whatStandsBeforeTheDamageIsListed() {
        let image = GGUFSample.writer().image()
        let summary = inspect(image.replacing("key a.int16, type", with: UInt32(77)))
        #expect(summary.error?.field == "key a.int16, type")
        #expect(summary.version == 3)
        #expect(summary.pairs.map(\.key).last == "a.uint16")
        #expect(summary.tensors.isEmpty)
    }

    @Test func oneBadTensorDoesNotHideTheOthers() {
        let image = GGUFSample.writer().image()
        let summary = inspect(image.replacing("tensor first.weight, dimension 1", with: UInt64.max))
        #expect(summary.error?.field == "tensor first.weight, shape")
        #expect(summary.tensors.map(\.name) == ["first.weight", "second.weight", "third.bias"])
        #expect(summary.tensors.map(\.byteCount) == [nil, 72, 4])
        #expect(summary.tensors[0].shape == [4, .max])
        // Sums stay at the largest number instead of overflowing.
        #expect(summary.parameterCount == .max)
    }

    @Test func everyProblemIsListed() {
        var writer = GGUFSample.writer()
        writer["general.alignment"] = .uint32(33)
        writer.pairs.append(writer.pairs[0])
        writer.append(tensor: "third.bias", shape: [1], floats: [1])
        let summary = inspect(writer.bytes)
        #expect(summary.error?.field == "key general.architecture")
        #expect(summary.issues.count == 2)
        #expect(summary.issues[0].contains("key general.alignment: expected a power of two"))
        #expect(summary.issues[1].contains("tensor third.bias: expected each name once"))
    }

    @Test func remarksAreNotErrors() {
        var writer = GGUFWriter()
        writer.append(tensor: "q2", formatID: 16, shape: [256], contents: [UInt8](repeating: 0, count: 66))
        let unsupported = inspect(writer.bytes)
        #expect(unsupported.error == nil)
        #expect(
            unsupported.issues == [
                "no key general.architecture: it can't be loaded as a model",
                "1 tensors of IQ2_XXS, which can't be computed with here",
            ])
        writer = GGUFSample.writer()
        writer.append(tensor: "far", shape: [1], contents: [0, 0, 0, 0], offset: 4096)
        #expect(
            inspect(writer.bytes + [UInt8](repeating: 0, count: 50)).issues == [
                "3972 unused bytes between tensors", "50 unused bytes after the last tensor",
            ])
    }

    @Test func otherFilesAreNamed() throws {
        let summary = inspect(Array("<html>".utf8))
        #expect(summary.error?.kind == .notGGUF)
        #expect(summary.version == nil)
        #expect(summary.alignment == nil)
        let absent = GGUFFile.inspect(path: "/absent/file.gguf")
        #expect(absent.error?.kind == .unreadable)
        #expect(absent.fileByteCount == nil)
    }
}
