import EngineTestSupport
import InferenceCore
import Testing

/// Every structural field damaged on purpose: the error has the right kind and names the field.
@Suite struct GGUFAttackTests {
    /// A field of the sample, the number written over it, and what opening must say.
    struct Attack: Sendable, CustomTestStringConvertible {
        let field: String
        let number: UInt64
        let width: Int
        let kind: GGUFError.Kind
        let named: String

        init(_ field: String, _ number: UInt64, _ width: Int, _ kind: GGUFError.Kind, _ named: String? = nil) {
            self.field = field
            self.number = number
            self.width = width
            self.kind = kind
            self.named = named ?? field
        }

        var testDescription: String { "\(field) = \(number)" }
    }

    static let attacks: [Attack] = [
        Attack("magic", 0x4655_4746, 4, .notGGUF),
        Attack("version", 0, 4, .unsupportedVersion),
        Attack("version", 1, 4, .unsupportedVersion),
        Attack("version", 4, 4, .unsupportedVersion),
        Attack("version", 0x0300_0000, 4, .unsupportedVersion),
        Attack("version", .max, 4, .unsupportedVersion),
        Attack("tensor count", .max, 8, .truncated),
        Attack("tensor count", 1 << 63, 8, .truncated),
        Attack("tensor count", 100, 8, .truncated),
        // One more than there are: the padding is taken for a nameless tensor.
        Attack("tensor count", 4, 8, .malformed, "tensor number 4, name"),
        Attack("metadata count", .max, 8, .truncated),
        Attack("metadata count", 1000, 8, .truncated),
        // One more than there are: the first tensor is taken for a pair.
        Attack("metadata count", 19, 8, .truncated, "tensor number 1, name"),
        Attack("key a.uint8, length", .max, 8, .truncated, "key number 3"),
        Attack("key a.uint8, length", 1 << 63, 8, .truncated, "key number 3"),
        Attack("key a.uint8, length", 1 << 40, 8, .truncated, "key number 3"),
        Attack("key a.uint8, length", 0, 8, .malformed, "key number 3"),
        Attack("key a.uint8", 0xFF, 1, .malformed, "key number 3"),
        Attack("key a.uint8, type", 13, 4, .malformed),
        Attack("key a.uint8, type", .max, 4, .malformed),
        Attack("key a.bool, value", 2, 1, .malformed, "key a.bool"),
        Attack("key general.architecture, value, length", .max, 8, .truncated, "key general.architecture"),
        Attack("key general.alignment, value", 0, 4, .malformed, "key general.alignment"),
        Attack("key general.alignment, value", 1, 4, .malformed, "key general.alignment"),
        Attack("key general.alignment, value", 48, 4, .malformed, "key general.alignment"),
        Attack("key general.alignment, value", 1 << 31, 4, .malformed, "key general.alignment"),
        Attack("key general.alignment, type", 6, 4, .malformed, "key general.alignment"),
        Attack("key a.strings, value, element type", 99, 4, .malformed, "key a.strings, element, type"),
        Attack("key a.strings, value, count", .max, 8, .truncated, "key a.strings, count"),
        Attack("key a.strings, value, count", 1 << 61, 8, .truncated, "key a.strings, count"),
        Attack("key a.floats, value, count", 1 << 62, 8, .truncated, "key a.floats, count"),
        Attack("key a.floats, value, count", 1 << 40, 8, .truncated, "key a.floats, count"),
        Attack("key a.bools, value, count", 12, 8, .malformed, "key a.bools"),
        Attack("key a.nested, value, count", .max, 8, .truncated, "key a.nested, count"),
        Attack("key a.nested, value, element, element type", 13, 4, .malformed, "key a.nested[1], element, type"),
        Attack("tensor first.weight, length", .max, 8, .truncated, "tensor number 1, name"),
        Attack("tensor first.weight, length", 0, 8, .malformed, "tensor number 1, name"),
        Attack("tensor first.weight", 0xC0, 1, .malformed, "tensor number 1, name"),
        Attack("tensor first.weight, dimension count", 0, 4, .malformed),
        Attack("tensor first.weight, dimension count", 5, 4, .malformed),
        Attack("tensor first.weight, dimension count", .max, 4, .malformed),
        Attack("tensor first.weight, dimension 0", 0, 8, .malformed, "tensor first.weight, shape"),
        Attack("tensor first.weight, dimension 1", 0, 8, .malformed, "tensor first.weight, shape"),
        Attack("tensor first.weight, dimension 1", .max, 8, .malformed, "tensor first.weight, shape"),
        Attack("tensor first.weight, dimension 1", 1 << 61, 8, .malformed, "tensor first.weight, shape"),
        // 2^62 values fit, their bytes don't.
        Attack("tensor first.weight, dimension 1", 1 << 60, 8, .malformed, "tensor first.weight, shape"),
        Attack("tensor first.weight, dimension 1", 1 << 50, 8, .truncated, "tensor first.weight"),
        Attack("tensor second.weight, dimension 0", 65, 8, .malformed, "tensor second.weight, shape"),
        // Q4_K has blocks of 256 values.
        Attack("tensor second.weight, format", 12, 4, .malformed, "tensor second.weight, shape"),
        // F32 needs more room than Q4_0.
        Attack("tensor second.weight, format", 0, 4, .truncated, "tensor second.weight"),
        Attack("tensor second.weight, offset", 65, 8, .malformed),
        Attack("tensor second.weight, offset", 32, 8, .malformed),
        Attack("tensor second.weight, offset", 0, 8, .malformed),
        Attack("tensor second.weight, offset", 1 << 40, 8, .truncated, "tensor second.weight"),
        Attack("tensor second.weight, offset", .max - 31, 8, .malformed),
        Attack("tensor second.weight, offset", 1 << 63 - 32, 8, .malformed),
        Attack("tensor third.bias, offset", 192, 8, .truncated, "tensor third.bias"),
    ]

    /// Of two tensors that overlap, either may be named.
    @Test(arguments: attacks)
    func damagedFieldIsNamed(attack: Attack) throws {
        let image = GGUFSample.writer().image()
        let bytes =
            switch attack.width {
            case 1: image.replacing(attack.field, with: UInt8(truncatingIfNeeded: attack.number))
            case 4: image.replacing(attack.field, with: UInt32(truncatingIfNeeded: attack.number))
            default: image.replacing(attack.field, with: attack.number)
            }
        let error = try #require(GGUFSample.error(bytes))
        #expect(error.kind == attack.kind, "\(error)")
        #expect(error.field == attack.named || error.expected.hasPrefix("to begin after"), "\(error)")
        #expect(!error.description.contains("\n"))
        #expect(error.description.hasPrefix("sample.gguf: "))
    }

    /// Whatever the file is cut to, it doesn't open, and the error says so.
    @Test func everyTruncationIsAnError() throws {
        let bytes = GGUFSample.writer().bytes
        for count in 0..<bytes.count {
            let error = try #require(GGUFSample.error(Array(bytes.prefix(count))), "\(count) bytes")
            #expect(error.kind == (count < 4 ? .notGGUF : .truncated), "\(count) bytes: \(error)")
        }
    }

    @Test func truncatedContentsSayHowMuchIsMissing() throws {
        let bytes = GGUFSample.writer().bytes
        let short = try #require(GGUFSample.error(Array(bytes.dropLast(3))))
        #expect(
            short.description
                == "sample.gguf: tensor third.bias: expected a file of at least \(bytes.count) bytes, "
                + "found \(bytes.count - 3) bytes, 3 are missing; the file was cut short; pull it again")
    }

    @Test func duplicateKeyIsAnError() throws {
        var writer = GGUFSample.writer()
        writer.pairs.append(writer.pairs[0])
        let error = try #require(GGUFSample.error(writer.bytes))
        #expect(error.kind == .malformed)
        #expect(error.field == "key general.architecture")
        #expect(error.found == "a second one")
    }

    @Test func duplicateTensorIsAnError() throws {
        var writer = GGUFSample.writer()
        writer.append(tensor: "first.weight", shape: [1], floats: [1])
        let error = try #require(GGUFSample.error(writer.bytes))
        #expect(error.field == "tensor first.weight")
        #expect(error.expected == "each name once")
    }

    @Test func overlapBehindAnotherTensorIsFound() throws {
        var writer = GGUFWriter()
        let block = [UInt8](repeating: 0, count: 256)
        writer.append(tensor: "large", shape: [64], contents: block, offset: 0)
        writer.append(tensor: "inside", shape: [1], contents: [0, 0, 0, 0], offset: 96)
        #expect(GGUFSample.error(writer.bytes)?.field == "tensor inside, offset")
    }

    @Test func deepNestingIsRefused() throws {
        var value = GGUFWriter.Value.array(.int8, [.int8(1)])
        for _ in 0..<3 { value = .array(.array, [value]) }
        var writer = GGUFWriter()
        writer["nested"] = value
        #expect(GGUFSample.error(writer.bytes) == nil)
        writer["nested"] = .array(.array, [value])
        #expect(GGUFSample.error(writer.bytes)?.expected == "arrays nested at most 4 deep")
    }

    @Test func hugeNestingIsRefusedAtOnce() throws {
        // A million array headers, each inside the one before.
        var writer = GGUFWriter()
        writer["nested"] = .uint8(0)
        var bytes = writer.image().replacing("key nested, type", with: UInt32(9))
        bytes.removeLast()
        let header: [UInt8] = [9, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]
        for _ in 0..<1_000_000 { bytes += header }
        #expect(GGUFSample.error(bytes)?.kind == .malformed)
    }

    @Test func countsBeyondAnyRealFileAreRefused() throws {
        let image = GGUFSample.writer().image()
        let padding = [UInt8](repeating: 0, count: 64 << 20)
        let tensors = image.replacing("tensor count", with: UInt64(1) << 17 + 1) + padding
        #expect(GGUFSample.error(tensors)?.expected == "at most 131072")
        let keys = image.replacing("metadata count", with: UInt64(1) << 16 + 1) + padding
        #expect(GGUFSample.error(keys)?.expected == "at most 65536")
    }

    @Test func hostileNamesAreShownHarmlessly() throws {
        var writer = GGUFWriter()
        writer["evil\u{1B}]0;title\u{7}\nkey"] = .bool(true)
        writer.pairs.append(writer.pairs[0])
        let error = try #require(GGUFSample.error(writer.bytes))
        #expect(!error.description.unicodeScalars.contains { $0.properties.generalCategory == .control })
    }
}
