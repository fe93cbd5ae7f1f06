import EngineTestSupport
import Testing

@testable import InferenceCore

/// Sound files, and every field attacked on purpose: a typed error, never a crash.
struct SafetensorsTests {
    private static let writer = SafetensorsWriter(tensors: [
        .init(name: "a", shape: [2, 3], floats: [1, 2, 3, 4, 5, 6]),
        .init(name: "b.c", type: "BF16", shape: [4], contents: [0, 0, 0x80, 0x3f, 0, 0x40, 0x40, 0x40]),
        .init(name: "empty", shape: [0, 5], contents: []),
    ])

    private func open(_ bytes: [UInt8]) throws(SafetensorsError) -> SafetensorsFile {
        try SafetensorsFile(mapping: MappedFile(copying: bytes, path: "made.safetensors"))
    }

    @Test("tensors come with their names, types, shapes and bytes")
    func sound() throws {
        let file = try open(Self.writer.bytes)
        #expect(file.tensors.map(\.name) == ["a", "b.c", "empty"])
        #expect(file.tensors.map(\.shape) == [[2, 3], [4], [0, 5]])
        #expect(file.tensors.map(\.type) == ["F32", "BF16", "F32"])
        #expect(file.bytes(of: file.tensors[0]).loadUnaligned(fromByteOffset: 8, as: Float.self) == 3)
        #expect(file.bytes(of: file.tensors[2]).isEmpty)
    }

    static let headers: [(fault: String, header: String)] = [
        ("no JSON", "{\"a\":"), ("no object", "[1,2]"), ("no UTF-8", "{\"\u{0}\":1}"),
        ("unknown type", #"{"a":{"dtype":"Q9","shape":[2,3],"data_offsets":[0,24]}}"#),
        ("no type", #"{"a":{"shape":[2,3],"data_offsets":[0,24]}}"#),
        ("negative size", #"{"a":{"dtype":"F32","shape":[-2,-3],"data_offsets":[0,24]}}"#),
        ("fraction", #"{"a":{"dtype":"F32","shape":[2.5,3],"data_offsets":[0,24]}}"#),
        ("overflow", #"{"a":{"dtype":"F32","shape":[4611686018427387904,8],"data_offsets":[0,0]}}"#),
        ("size and offsets differ", #"{"a":{"dtype":"F32","shape":[2,3],"data_offsets":[0,20]}}"#),
        ("offsets reversed", #"{"a":{"dtype":"F32","shape":[2,3],"data_offsets":[24,0]}}"#),
        ("negative offsets", #"{"a":{"dtype":"F32","shape":[2,3],"data_offsets":[-24,0]}}"#),
        ("beyond the file", #"{"a":{"dtype":"F32","shape":[2,30],"data_offsets":[0,240]}}"#),
        ("three offsets", #"{"a":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24,48]}}"#),
        ("many dimensions", #"{"a":{"dtype":"F32","shape":[1,1,1,1,1,1,1,1,6],"data_offsets":[0,24]}}"#),
        (
            "overlap",
            #"{"a":{"dtype":"F32","shape":[6],"data_offsets":[0,24]},"b":{"dtype":"F32","shape":[2],"data_offsets":[20,28]}}"#
        ),
        ("deep nesting", String(repeating: "[", count: 5000)),
    ]

    @Test("faulty headers are refused", arguments: headers.map(\.header))
    func faultyHeader(header: String) {
        #expect(throws: SafetensorsError.self) { _ = try open(Self.writer.bytes(header: header)) }
    }

    @Test("a file that is cut anywhere is refused")
    func truncation() {
        let bytes = Self.writer.bytes
        for count in 0..<bytes.count {
            #expect(throws: SafetensorsError.self) { _ = try open(Array(bytes[..<count])) }
        }
    }

    @Test("a header length that can't be is refused", arguments: [0, 1, 1 << 40, UInt64.max, UInt64(Int.max)])
    func headerLength(length: UInt64) {
        var bytes = Self.writer.bytes
        for index in 0..<8 { bytes[index] = UInt8(truncatingIfNeeded: length >> (8 * UInt64(index))) }
        #expect(throws: SafetensorsError.self) { _ = try open(bytes) }
    }

    @Test("changed bytes give a file or a typed error", arguments: 0..<8)
    func mutations(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<400 {
            var bytes = Self.writer.bytes
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                bytes[Int.random(in: 0..<bytes.count, using: &generator)] = .random(in: 0...255, using: &generator)
            }
            do throws(SafetensorsError) {
                let file = try open(bytes)
                for tensor in file.tensors { _ = file.bytes(of: tensor).reduce(0) { $0 &+ $1 } }
            } catch {
                #expect(!error.description.isEmpty)
            }
        }
    }

    @Test("a folder without weights, or of an unknown family, says so")
    func folders() throws {
        let folder = try TemporaryFolder()
        _ = try folder.write(Array(#"{"model_type":"unheard"}"#.utf8), as: "config.json")
        let path = folder.path
        #expect(throws: SafetensorsError.self) { _ = try HuggingFaceCheckpoint(path: path) }
        _ = try folder.write(Self.writer.bytes, as: "model.safetensors")
        let found = try HuggingFaceCheckpoint(path: path)
        #expect(throws: ModelError.unknownArchitecture(path: path, found: "unheard")) {
            _ = try Architectures.layout(of: found)
        }
    }

    @Test("weights in several files are found through their index, which can't lead out of the folder")
    func index() throws {
        let folder = try TemporaryFolder()
        _ = try folder.write(Array(#"{"model_type":"llama"}"#.utf8), as: "config.json")
        func writeIndex(_ names: [String]) throws {
            let map = names.enumerated().map { "\"t\($0.offset)\":\"\($0.element)\"" }.joined(separator: ",")
            _ = try folder.write(Array("{\"weight_map\":{\(map)}}".utf8), as: "model.safetensors.index.json")
        }
        try writeIndex(["one.safetensors", "one.safetensors", "two.safetensors"])
        for name in ["one", "two"] { _ = try folder.write(Self.writer.bytes, as: "\(name).safetensors") }
        _ = try HuggingFaceCheckpoint(path: folder.path)
        for names in [["../one.safetensors"], [], ["missing.safetensors"]] {
            try writeIndex(names)
            let path = folder.path
            #expect(throws: SafetensorsError.self) { _ = try HuggingFaceCheckpoint(path: path) }
        }
    }
}
