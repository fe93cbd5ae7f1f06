import EngineTestSupport
import Testing

@testable import InferenceCore

/// What is said of a model before it is opened.
struct ModelOutlineTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test("agrees with the opened model", arguments: TinyModel.Architecture.allCases)
    func agrees(architecture: TinyModel.Architecture) throws {
        let path = try TinyModel(architecture).write(to: folder)
        let outline = try ModelOutline(path: path)
        let model = try Model(path: path, runtime: Runtime(threads: 1))
        #expect(outline.architecture == model.architectureName)
        #expect(outline.kind == .decoder)
        #expect(outline.parameters == model.parameterCount)
        #expect(outline.format == model.formatName)
        #expect(outline.contextLength == model.shape.contextLength)
        #expect(outline.bytes == model.byteCount)
        #expect(outline.obstacle == nil)
        let shape = model.shape
        #expect(outline.cacheBytesPerToken == 4 * shape.layerCount * shape.cacheHeadCount * shape.headSize)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var defect: TinyModel.Defect
        var obstacle: String
        var testDescription: String { "\(defect)" }
    }

    static let cases = [
        Case(defect: .unknownArchitecture("zebra"), obstacle: "its architecture 'zebra' isn't known here"),
        Case(defect: .missingKey("general.architecture"), obstacle: "names no architecture"),
        Case(defect: .replacedKey("general.architecture", .uint32(1)), obstacle: "names no architecture"),
        Case(defect: .replacedKey("general.type", .string("mmproj")), obstacle: "'mmproj', not a model"),
        Case(defect: .unknownFormat(tensor: "blk.1.ffn_up.weight", id: 999), obstacle: "format 999"),
    ]

    @Test("says why a sound file can't be run", arguments: cases)
    func obstacles(bad: Case) throws {
        var tiny = TinyModel(.llama)
        tiny.defects = [bad.defect]
        let obstacle = try #require(try ModelOutline(path: tiny.write(to: folder)).obstacle)
        #expect(obstacle.contains(bad.obstacle), "\(obstacle)")
    }

    @Test("leaves out what makes no sense")
    func nonsense() throws {
        var tiny = TinyModel(.llama)
        tiny.defects = [
            .replacedKey("llama.context_length", .uint64(.max)), .replacedKey("llama.block_count", .int32(-1)),
            .replacedKey("llama.attention.head_count", .uint32(0)), .replacedKey("general.file_type", .string("x")),
            .replacedKey("general.name", .string("a\u{1B}[31m")),
        ]
        let outline = try ModelOutline(path: tiny.write(to: folder))
        #expect(outline.contextLength == nil)
        #expect(outline.cacheBytesPerToken == 0)
        #expect(outline.format == "F32")
        #expect(outline.name?.contains("\u{1B}") == false)
    }

    @Test("a file that isn't GGUF is an error")
    func foreign() throws {
        let path = try folder.write(Array("<html>".utf8), as: "a.gguf")
        #expect(throws: GGUFError.self) { try ModelOutline(path: path) }
        #expect(throws: GGUFError.self) { try ModelOutline(path: folder.path + "/none.gguf") }
    }

    @Test("a folder's family may be unknown")
    func folders() throws {
        _ = try folder.write(Array(#"{"model_type":"zebra","max_position_embeddings":7}"#.utf8), as: "config.json")
        let weights = SafetensorsWriter(tensors: [
            .init(name: "a", type: "BF16", shape: [2, 3], contents: [UInt8](repeating: 0, count: 12)),
            .init(name: "b", shape: [1], floats: [1]),
        ])
        _ = try folder.write(weights.bytes, as: "model.safetensors")
        let outline = try ModelOutline(path: folder.path)
        #expect(outline.architecture == "zebra" && outline.kind == nil)
        #expect(outline.obstacle == "its architecture 'zebra' isn't known here")
        #expect(outline.parameters == 7 && outline.bytes == 16)
        #expect(outline.format == "BF16")
    }
}
