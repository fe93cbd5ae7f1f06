import EngineTestSupport
import InferenceCore

/// A small file with a value of every type and tensors of several formats.
enum GGUFSample {
    static func writer() -> GGUFWriter {
        var writer = GGUFWriter()
        writer["general.architecture"] = .string("sample")
        writer["general.alignment"] = .uint32(32)
        writer["a.uint8"] = .uint8(200)
        writer["a.int8"] = .int8(-100)
        writer["a.uint16"] = .uint16(60_000)
        writer["a.int16"] = .int16(-30_000)
        writer["a.uint32"] = .uint32(4_000_000_000)
        writer["a.int32"] = .int32(-2_000_000_000)
        writer["a.uint64"] = .uint64(.max)
        writer["a.int64"] = .int64(.min)
        writer["a.float32"] = .float32(0.1)
        writer["a.float64"] = .float64(0.1)
        writer["a.bool"] = .bool(true)
        writer["a.strings"] = .strings(["", "one", "zwei", "trois è"])
        writer["a.floats"] = .floats([1, -2.5, 1e-6])
        writer["a.integers"] = .array(.uint16, [.uint16(1), .uint16(65_535)])
        writer["a.bools"] = .array(.bool, [.bool(true), .bool(false)])
        writer["a.nested"] = .array(.array, [.strings(["x"]), .array(.int8, [.int8(-1), .int8(2)])])
        writer.append(tensor: "first.weight", shape: [4, 3], floats: (0..<12).map { Float($0) })
        // Q4_0: blocks of 32 values in 18 bytes.
        writer.append(tensor: "second.weight", formatID: 2, shape: [64, 2], contents: [UInt8](repeating: 7, count: 72))
        writer.append(tensor: "third.bias", shape: [1], floats: [42])
        return writer
    }

    /// Opens bytes in memory.
    static func open(_ bytes: [UInt8]) throws(GGUFError) -> GGUFFile {
        try GGUFFile(mapping: MappedFile(copying: bytes, path: "sample.gguf"))
    }

    /// The error that opening throws, nil if it opens.
    static func error(_ bytes: [UInt8]) -> GGUFError? {
        do throws(GGUFError) {
            _ = try open(bytes)
            return nil
        } catch {
            return error
        }
    }
}
