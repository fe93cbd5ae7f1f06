import EngineTestSupport
import InferenceCore
import Testing

/// Random damage, the same on every run: a file opens or throws, and whatever opens can be read.
@Suite struct GGUFMutationTests {
    @Test(arguments: 0..<8)
    func damagedFileOpensOrThrows(batch: Int) {
        var generator = SeededGenerator(seed: UInt64(batch))
        let sample = GGUFSample.writer().bytes
        var opened = 0
        for _ in 0..<500 {
            let bytes = mutated(sample, with: &generator)
            let mapping = MappedFile(copying: bytes, path: "mutated.gguf")
            let summary = GGUFFile.inspect(mapping)
            do throws(GGUFError) {
                use(try GGUFFile(mapping: mapping))
                opened += 1
                #expect(summary.error == nil)
            } catch {
                #expect(summary.error == error)
            }
        }
        // Damage to contents goes unnoticed, damage to structure doesn't: both have been met.
        #expect(opened > 0 && opened < 500)
    }

    @Test func damagedModelOpensOrThrows() throws {
        var generator = SeededGenerator(seed: 99)
        let model = TinyModel(.gemma3).writer().bytes
        let headLength = 20_000
        for _ in 0..<100 {
            let head = mutated(Array(model.prefix(headLength)), with: &generator)
            let mapping = MappedFile(copying: head + model.dropFirst(headLength), path: "mutated.gguf")
            if let file = try? GGUFFile(mapping: mapping) { use(file) }
        }
    }

    @Test func damagedPartOpensOrThrows() throws {
        var generator = SeededGenerator(seed: 7)
        let folder = try TemporaryFolder()
        let parts = GGUFSample.writer().split(into: 3)
        func write(_ bytes: [UInt8], part: Int) throws -> String {
            try folder.write(bytes, as: "sample-0000\(part)-of-00003.gguf")
        }
        for (index, part) in parts.enumerated() { _ = try write(part.bytes, part: index + 1) }
        var opened = 0
        for round in 0..<300 {
            let part = round % 3 + 1
            let path = try write(mutated(parts[part - 1].bytes, with: &generator), part: part)
            let summary = GGUFFile.inspect(path: path)
            do throws(GGUFError) {
                use(try GGUFFile(path: path))
                opened += 1
                #expect(summary.error == nil)
            } catch {
                #expect(summary.error == error)
            }
            _ = try write(parts[part - 1].bytes, part: part)
        }
        #expect(opened > 0 && opened < 300)
    }

    private func mutated(_ sample: [UInt8], with generator: inout SeededGenerator) -> [UInt8] {
        var bytes = sample
        for _ in 0..<Int.random(in: 1...3, using: &generator) where bytes.count > 16 {
            let place = Int.random(in: 0..<bytes.count - 8, using: &generator)
            switch Int.random(in: 0..<6, using: &generator) {
            case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            case 1: bytes[place] = UInt8.random(in: 0...255, using: &generator)
            case 2:
                let extremes: [UInt64] = [0, 1, 0x7F, 0xFFFF, 1 << 31, 1 << 32, 1 << 62, 1 << 63, .max]
                let number = extremes.randomElement(using: &generator) ?? 0
                bytes.replaceSubrange(place..<place + 8, with: withUnsafeBytes(of: number) { Array($0) })
            case 3: bytes.removeLast(Int.random(in: 1...bytes.count / 2, using: &generator))
            case 4: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: place)
            default: bytes.remove(at: place)
            }
        }
        return bytes
    }

    /// Reads everything there is: an access beyond the file would trap.
    private func use(_ file: GGUFFile) {
        for key in file.metadata.keys {
            guard let value = file.metadata[key] else { continue }
            #expect(!value.summary().contains("\n"))
            guard let array = value.array else { continue }
            _ = array.floats
            _ = array.integers
            _ = array.bools
            for string in array.strings.map(Array.init) ?? [] { _ = string.text }
            for nested in array.arrays { _ = nested.strings?.map(\.text) }
        }
        for tensor in file.tensors {
            let bytes = file.bytes(of: tensor)
            #expect(bytes.count == tensor.byteCount ?? 0)
            _ = bytes.reduce(0 as UInt8, ^)
        }
    }
}
