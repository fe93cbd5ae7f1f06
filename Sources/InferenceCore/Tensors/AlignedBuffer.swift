import CKernels

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Working space for kernels: a fixed number of elements, aligned to cache lines, zeroed.
///
/// Its pages are the system's until they are first touched, so that space for a long prompt costs nothing while only
/// single tokens pass through.
final class AlignedBuffer<Element: BitwiseCopyable>: @unchecked Sendable {
    let pointer: UnsafeMutablePointer<Element>
    let count: Int
    var byteCount: Int { count * MemoryLayout<Element>.stride }

    /// - Throws: ``ModelError/outOfMemory(bytes:purpose:)``.
    init(count: Int, purpose: String) throws(ModelError) {
        let (bytes, overflow) = max(count, 1).multipliedReportingOverflow(by: MemoryLayout<Element>.stride)
        let mapped = overflow ? nil : mmap(nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        guard let mapped, mapped != MAP_FAILED else {
            throw .outOfMemory(bytes: overflow ? .max : bytes, purpose: purpose)
        }
        pointer = mapped.bindMemory(to: Element.self, capacity: max(count, 1))
        self.count = max(count, 1)
    }

    deinit {
        munmap(pointer, byteCount)
    }
}
