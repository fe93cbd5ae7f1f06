import CKernels

/// A format of tensors in GGUF files that the engine computes with, such as Q4_K or F16.
///
/// The formats themselves, with their block layouts and arithmetic, live in `CKernels/formats`; this is a name for
/// one of them.
public struct TensorFormat: @unchecked Sendable, Hashable {
    // Points at a constant of the program's image, so it may be shared freely.
    let descriptor: UnsafePointer<ck_format>

    /// The format with this GGUF id; nil where the engine has none.
    public init?(id: UInt32) {
        guard let descriptor = ck_format_find(id) else { return nil }
        self.descriptor = descriptor
    }

    private init(descriptor: UnsafePointer<ck_format>) {
        self.descriptor = descriptor
    }

    /// The format with this name; nil where the engine has none.
    public init?(name: String) {
        guard let format = Self.all.first(where: { $0.name == name }) else { return nil }
        self = format
    }

    /// Whether tensors can be written in it.
    public var isWritable: Bool { descriptor.pointee.encode != nil }

    /// Bytes of a row of `count` values, a multiple of the block size.
    func rowBytes(_ count: Int) -> Int { count / blockSize * blockBytes }

    /// All formats that the engine computes with.
    public static var all: [TensorFormat] {
        var formats: [TensorFormat] = []
        while let descriptor = ck_format_at(formats.count) {
            formats.append(TensorFormat(descriptor: descriptor))
        }
        return formats
    }

    /// The format's id in GGUF files.
    public var id: UInt32 { descriptor.pointee.id }
    /// The format's usual name.
    public var name: String { String(cString: descriptor.pointee.name) }
    /// Values in a block; a row is a whole number of blocks.
    public var blockSize: Int { Int(descriptor.pointee.block_size) }
    /// Bytes of a block.
    public var blockBytes: Int { Int(descriptor.pointee.block_bytes) }

    /// The name of an id, also of formats that the engine doesn't compute with.
    public static func name(ofID id: UInt32) -> String {
        ck_format_name(id).map { String(cString: $0) } ?? "format \(id)"
    }
}
