import CKernels

/// How the KV cache keeps keys and values.
public enum KVCacheFormat: String, Sendable, CaseIterable {
    /// 16-bit floats.
    case f16
    /// Signed bytes with a 16-bit scale for each 32 components: 53 % of the memory, and of what attention reads.
    case q8 = "q8_0"
    /// 32-bit floats: exact, at twice the memory.
    case f32

    var kernelFormat: ck_cache_format {
        switch self {
        case .f16: CK_CACHE_F16
        case .q8: CK_CACHE_Q8_0
        case .f32: CK_CACHE_F32
        }
    }

    /// Bytes of `count` components.
    func byteCount(_ count: Int) -> Int {
        switch self {
        case .f16: 2 * count
        case .q8: count + count / 32 * 2
        case .f32: 4 * count
        }
    }
}

/// Keys and values of all layers for the positions of one timeline.
final class KVCache: Sendable {
    /// Positions that were asked for, and those that fit.
    let contextLength: Int
    let capacity: Int
    let format: KVCacheFormat
    private let layout: ModelShape
    private let storage: AlignedBuffer<UInt8>

    /// - Throws: ``ModelError/outOfMemory(bytes:purpose:)``; ``ModelError/unsupportedCache(_:headSize:)`` if heads can't
    ///   be divided into blocks of 32.
    init(shape: ModelShape, capacity: Int, format: KVCacheFormat = .f16) throws(ModelError) {
        if format == .q8, shape.headSize % 32 != 0 { throw .unsupportedCache(format, headSize: shape.headSize) }
        contextLength = capacity
        self.capacity = Self.padded(capacity)
        self.format = format
        layout = shape
        storage = try AlignedBuffer(
            count: Self.byteCount(shape: shape, capacity: capacity, format: format),
            purpose: "the KV cache of \(capacity) tokens")
    }

    /// Keys are stored in blocks of sixteen positions.
    private static func padded(_ capacity: Int) -> Int { (capacity + 15) / 16 * 16 }

    /// Bytes of a cache for this many positions.
    static func byteCount(shape: ModelShape, capacity: Int, format: KVCacheFormat) -> Int {
        2 * shape.layerCount * format.byteCount(shape.cacheHeadCount * shape.headSize * padded(capacity))
    }

    var byteCount: Int { storage.byteCount }

    /// One layer's part, as the kernels see it: keys, values, then the scales of both.
    func layer(_ index: Int) -> ck_cache {
        let components = layout.cacheHeadCount * layout.headSize * capacity
        let keys = storage.pointer + 2 * format.byteCount(components) * index
        let codes = format == .q8 ? components : format.byteCount(components)
        let scales = UnsafeMutableRawPointer(keys + 2 * codes).assumingMemoryBound(to: UInt16.self)
        return ck_cache(
            format: format.kernelFormat, keys: keys, values: keys + codes,
            key_scales: scales, value_scales: scales + components / 32, heads: layout.cacheHeadCount,
            head_size: layout.headSize, capacity: capacity)
    }
}
