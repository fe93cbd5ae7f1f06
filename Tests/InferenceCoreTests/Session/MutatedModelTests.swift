import EngineTestSupport
import Foundation
import InferenceCore
import Testing

/// Models with damaged metadata and tensor lists, the same on every run: each is refused, or runs.
@Suite("Mutated models")
struct MutatedModelTests {
    @Test("are refused in one line, or answer", arguments: TinyModel.Architecture.allCases, 0..<2)
    func mutated(architecture: TinyModel.Architecture, batch: Int) async throws {
        var generator = SeededGenerator(seed: UInt64(batch) + 10)
        let sound = TinyModel(architecture).writer().bytes
        let head = try TinyModel(architecture).open().tensors.map(\.offset).min() ?? sound.count
        let vocabulary = Self.vocabularyRange(sound)
        let folder = try TemporaryFolder()
        let runtime = Runtime(threads: 1)
        var (ran, refused) = (0, 0)
        for number in 0..<60 {
            var bytes = sound
            // Every third one has damaged weights too.
            for _ in 0..<40 where number % 3 == 0 {
                Self.damage(&bytes, at: Int.random(in: head..<bytes.count - 4, using: &generator), with: &generator)
            }
            for _ in 0..<number % 3 {
                // Most of the head is vocabulary, where little can go wrong.
                var place = Int.random(in: 0..<head - 8, using: &generator)
                if vocabulary.contains(place) {
                    place = Int.random(in: vocabulary.upperBound..<head - 8, using: &generator)
                }
                Self.damage(&bytes, at: place, with: &generator)
            }
            let path = try folder.write(bytes, as: "mutated-\(number).gguf")
            do {
                try await Self.run(path, runtime)
                ran += 1
            } catch {
                refused += 1
                #expect(!"\(error)".contains("\n"), "\(error)")
            }
        }
        withExtendedLifetime(folder) {}
        #expect(ran > 0 && refused > 0)
    }

    @Test("with weights that are no numbers still answer", arguments: [Float.nan, .infinity, -.infinity, 3e38])
    func weightsThatAreNoNumbers(weight: Float) async throws {
        var writer = TinyModel(.llama).writer()
        for index in writer.tensors.indices where writer.tensors[index].formatID == 0 {
            let count = writer.tensors[index].contents.count / 4
            writer.tensors[index].contents = (0..<count).flatMap { _ in withUnsafeBytes(of: weight) { Array($0) } }
        }
        let folder = try TemporaryFolder()
        try await Self.run(try folder.write(writer.bytes, as: "nan.gguf"), Runtime(threads: 1))
        withExtendedLifetime(folder) {}
    }

    private static func damage(_ bytes: inout [UInt8], at place: Int, with generator: inout SeededGenerator) {
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
        case 1: bytes[place] = UInt8.random(in: 0...255, using: &generator)
        case 2: bytes[place] &+= 1
        default:
            let extremes: [UInt32] = [0, 1, 2, 16, 0x7FC0_0000, 0x7F80_0000, 0xFFFF_FFFF, 0x8000_0000, 0x3F80_0000]
            let number = extremes.randomElement(using: &generator) ?? 0
            bytes.replaceSubrange(place..<place + 4, with: withUnsafeBytes(of: number) { Array($0) })
        }
    }

    /// Where the long arrays of the vocabulary stand.
    private static func vocabularyRange(_ bytes: [UInt8]) -> Range<Int> {
        func position(of key: String) -> Int {
            let letters = Array(key.utf8)
            return bytes.indices.first { bytes[$0...].starts(with: letters) } ?? 0
        }
        return position(of: "tokenizer.ggml.tokens")..<position(of: "tokenizer.ggml.bos_token_id")
    }

    /// Reads a prompt and generates two tokens, with both ways of sampling.
    private static func run(_ path: String, _ runtime: Runtime) async throws {
        let model = try Model(path: path, runtime: runtime)
        let session = try Session(model: model, contextLength: min(32, model.shape.contextLength))
        let last = TokenID(model.shape.vocabularySize - 1)
        for temperature in [0.0, 1.0] {
            var options = GenerationOptions(maximumTokens: 2, topLogprobs: 2)
            options.sampling.temperature = temperature
            for try await event in session.generate([0, last, 1, 2], options: options) {
                if case .token(let token) = event {
                    #expect((0..<TokenID(model.shape.vocabularySize)).contains(token.id))
                }
            }
        }
        for token in [last + 1, -1, .max, .min] {
            await #expect(throws: ModelError.self) { _ = try await session.logits(of: [0, token]) }
        }
    }
}

extension MutatedModelTests {
    /// What no key expects, one of each kind.
    private static let extremes: [GGUFWriter.Value] = [
        .uint32(0), .uint32(1), .uint32(3), .uint32(.max), .uint64(.max), .uint64(1 << 62), .int32(-1), .int64(.min),
        .int64(.max), .float32(.nan), .float32(.infinity), .float32(-1), .float32(0), .float32(.leastNonzeroMagnitude),
        .float32(3e38),
        .float64(1e300), .bool(true), .string(""), .string("1"), .array(.uint32, []), .array(.uint32, [.uint32(1)]),
        .floats([.nan]), .strings([]), .strings([""]),
    ]

    @Test("with any value under any key are refused in one line, or answer", arguments: TinyModel.Architecture.allCases)
    func extremeValues(architecture: TinyModel.Architecture) async throws {
        let sound = TinyModel(architecture).writer()
        let folder = try TemporaryFolder()
        let runtime = Runtime(threads: 1)
        var (number, refused) = (0, 0)
        for key in sound.pairs.map(\.key) {
            for extreme in Self.extremes {
                var writer = sound
                writer[key] = extreme
                number += 1
                let path = try folder.write(writer.bytes, as: "extreme.gguf")
                do {
                    try await Self.run(path, runtime)
                } catch {
                    refused += 1
                    #expect(!"\(error)".contains("\n"), "\(key): \(error)")
                }
                try FileManager.default.removeItem(atPath: path)
            }
        }
        #expect(refused > number / 4)
    }
}
