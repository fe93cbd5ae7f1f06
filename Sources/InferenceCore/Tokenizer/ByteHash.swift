/// Hashing of the short strings that tokens and words are: multiply and fold, eight bytes a step.
enum ByteHash {
    private static let multiplier: UInt64 = 0x9E37_79B9_7F4A_7C15

    @inline(__always)
    static func mix(_ value: UInt64) -> UInt64 {
        let (high, low) = value.multipliedFullWidth(by: multiplier)
        return high ^ low
    }

    @inline(__always)
    static func hash(_ bytes: UnsafeRawBufferPointer, seed: UInt64) -> UInt64 {
        var state = seed ^ UInt64(bytes.count)
        var offset = 0
        while bytes.count - offset > 8 {
            state = mix(state ^ bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            offset += 8
        }
        return mix(mix(state ^ tail(bytes, from: offset)) ^ seed)
    }

    /// The last bytes, at most eight, in one number; loads overlap rather than go byte by byte.
    @inline(__always)
    private static func tail(_ bytes: UnsafeRawBufferPointer, from offset: Int) -> UInt64 {
        let count = bytes.count - offset
        if count >= 4 {
            let low = bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
            let high = bytes.loadUnaligned(fromByteOffset: bytes.count - 4, as: UInt32.self)
            return UInt64(high) << 32 | UInt64(low)
        }
        guard count > 0 else { return 0 }
        return UInt64(bytes[offset]) | UInt64(bytes[offset + count / 2]) << 8 | UInt64(bytes[bytes.count - 1]) << 16
    }

    @inline(__always)
    static func equal(_ left: Slice<UnsafeRawBufferPointer>, _ right: UnsafeRawBufferPointer) -> Bool {
        let left = UnsafeRawBufferPointer(rebasing: left)
        guard left.count == right.count else { return false }
        var offset = 0
        while left.count - offset > 8 {
            let difference =
                left.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                ^ right.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            guard difference == 0 else { return false }
            offset += 8
        }
        return tail(left, from: offset) == tail(right, from: offset)
    }
}
