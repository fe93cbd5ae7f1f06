import EngineTestSupport
import Testing

@testable import InferenceCore

@Suite struct GGUFFileTests {
    @Test(arguments: [2, 3] as [UInt32])
    func soundFileOpens(version: UInt32) throws {
        var writer = GGUFSample.writer()
        writer.version = version
        let folder = try TemporaryFolder()
        let path = try folder.write(writer.bytes, as: "sample.gguf")
        let file = try GGUFFile(path: path)
        #expect(file.version == version)
        #expect(file.path == path)
        #expect(file.alignment == 32)
        #expect(file.metadata.keys == writer.pairs.map(\.key))
        #expect(file.tensors.map(\.name) == ["first.weight", "second.weight", "third.bias"])
        #expect(file.tensors.map(\.shape) == [[4, 3], [64, 2], [1]])
        #expect(file.tensors.map(\.formatID) == [0, 2, 0])
        #expect(file.tensors.map(\.byteCount) == [48, 72, 4])
        #expect(file.tensors.map(\.elementCount) == [12, 128, 1])
        #expect(file.tensors.allSatisfy { $0.offset.isMultiple(of: 32) })
        let image = writer.image()
        for tensor in file.tensors {
            let contents = image.range(of: "tensor \(tensor.name), contents")
            #expect(tensor.offset == contents.lowerBound)
            #expect(Array(file.bytes(of: tensor)) == Array(image.bytes[contents]))
        }
    }

    @Test func tensorsAreFoundByName() throws {
        let file = try GGUFSample.open(GGUFSample.writer().bytes)
        #expect(file.tensor(named: "third.bias")?.shape == [1])
        #expect(file.tensor(named: "fourth.bias") == nil)
    }

    @Test(arguments: [8, 16, 64, 4096])
    func alignmentIsHonoured(alignment: Int) throws {
        var writer = GGUFSample.writer()
        writer.alignment = alignment
        writer["general.alignment"] = .uint32(UInt32(alignment))
        let file = try GGUFSample.open(writer.bytes)
        #expect(file.alignment == alignment)
        let last = try #require(file.tensor(named: "third.bias"))
        // The bytes are there as long as the file is.
        #expect(withExtendedLifetime(file) { file.bytes(of: last).loadUnaligned(as: Float.self) } == 42)
    }

    @Test func fileWithoutTensorsOrKeysOpens() throws {
        let file = try GGUFSample.open(GGUFWriter().bytes)
        #expect(file.tensors.isEmpty)
        #expect(file.metadata.keys.isEmpty)
        #expect(file.byteCount == 24)
    }

    @Test func vocabularyWithoutTensorsMayEndUnaligned() throws {
        var writer = GGUFSample.writer()
        writer.tensors = []
        #expect(try GGUFSample.open(writer.bytes).tensors.isEmpty)
    }

    @Test func tensorOfAnUnsupportedFormatIsListed() throws {
        var writer = GGUFSample.writer()
        // IQ2_XXS, which has no kernels here, and a number that nobody has given out.
        writer.append(tensor: "q2", formatID: 16, shape: [256], contents: [UInt8](repeating: 0, count: 66))
        writer.append(tensor: "odd", formatID: 4_000_000_000, shape: [5, 5, 5, 5], contents: [1])
        let file = try GGUFSample.open(writer.bytes)
        let known = try #require(file.tensor(named: "q2"))
        #expect(known.byteCount == nil)
        #expect(known.formatName == "IQ2_XXS")
        #expect(file.bytes(of: known).isEmpty)
        #expect(file.tensor(named: "odd")?.formatName == "format 4000000000")
    }

    @Test func tensorOfAnotherFileYieldsNothing() throws {
        let small = try GGUFSample.open(GGUFSample.writer().bytes)
        let foreign = GGUFTensor(name: "x", formatID: 0, shape: [1 << 40], offset: 1 << 40, byteCount: Int.max)
        #expect(small.bytes(of: foreign).isEmpty)
    }

    @Test func contentsMayHaveGapsAndAnyOrder() throws {
        var writer = GGUFWriter()
        writer.append(tensor: "late", shape: [2], contents: [UInt8](repeating: 1, count: 8), offset: 4096)
        writer.append(tensor: "early", shape: [2], contents: [UInt8](repeating: 2, count: 8), offset: 0)
        let file = try GGUFSample.open(writer.bytes)
        #expect(file.tensors.map(\.name) == ["late", "early"])
        #expect(try file.tensors.map { try #require(file.bytes(of: $0).first) } == [1, 2])
    }
}
