import CKernels

/// Keys and values of all layers for the positions of one timeline, in 16-bit floats.
final class KVCache: Sendable {
    /// Positions that fit.
    let capacity: Int
    private let layout: ModelShape
    private let storage: AlignedBuffer<UInt16>

    /// - Throws: ``ModelError/outOfMemory(bytes:purpose:)``.
    init(shape: ModelShape, capacity: Int) throws(ModelError) {
        // Keys are stored in blocks of eight positions.
        self.capacity = (capacity + 7) / 8 * 8
        layout = shape
        storage = try AlignedBuffer(
            count: Self.byteCount(shape: shape, capacity: self.capacity) / MemoryLayout<UInt16>.size,
            purpose: "the KV cache of \(capacity) tokens")
    }

    /// Bytes of a cache for this many positions.
    static func byteCount(shape: ModelShape, capacity: Int) -> Int {
        2 * shape.layerCount * shape.cacheHeadCount * shape.headSize * capacity * MemoryLayout<UInt16>.size
    }

    var byteCount: Int { storage.byteCount }

    /// One layer's part, as the kernels see it.
    func layer(_ index: Int) -> ck_cache {
        let half = layout.cacheHeadCount * layout.headSize * capacity
        let keys = storage.pointer + 2 * half * index
        return ck_cache(
            keys: keys, values: keys + half, heads: layout.cacheHeadCount, head_size: layout.headSize,
            capacity: capacity)
    }
}
