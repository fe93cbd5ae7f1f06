import CKernels

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A file's bytes in memory, read only: pages come from disk when first touched and are shared between processes.
///
/// A file that shrinks while it is mapped does not end the process: the missing pages read as zeros and the mapping
/// is marked as damaged. Whoever computes with the bytes calls ``checkIntact()`` before trusting a result.
public final class MappedFile: Sendable {
    /// How many files can be mapped at a time.
    public static let limit = CK_MAPPING_LIMIT

    private enum Storage {
        case mapping(descriptor: Int32, guardHandle: Int32)
        case memory
    }

    public let path: String
    public let byteCount: Int
    /// The contents; valid while this object lives.
    public nonisolated(unsafe) let bytes: UnsafeRawBufferPointer
    private let storage: Storage

    /// Maps the whole of a regular file that isn't empty.
    ///
    /// - Throws: ``MappedFileError`` naming the path and the reason.
    public init(path: String) throws(MappedFileError) {
        // Without O_NONBLOCK, opening a pipe that nobody writes to would wait for ever.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw MappedFileError(path: path, reason: Self.reason(ofOpenError: errno))
        }
        do throws(MappedFileError) {
            let byteCount = try Self.size(of: descriptor, path: path)
            guard byteCount > 0 else { throw MappedFileError(path: path, reason: .empty) }
            guard let start = mmap(nil, byteCount, PROT_READ, MAP_SHARED, descriptor, 0), start != MAP_FAILED else {
                throw MappedFileError(path: path, reason: .system(errno))
            }
            let handle = ck_mapping_guard(start, byteCount)
            guard handle >= 0 else {
                munmap(start, byteCount)
                throw MappedFileError(path: path, reason: .tooManyMappings)
            }
            self.path = path
            self.byteCount = byteCount
            bytes = UnsafeRawBufferPointer(start: start, count: byteCount)
            storage = .mapping(descriptor: descriptor, guardHandle: handle)
        } catch {
            close(descriptor)
            throw error
        }
    }

    /// Bytes in memory in the place of a file's; `path` is what errors call them.
    public init(copying contents: some Collection<UInt8>, path: String) {
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: contents.count, alignment: 64)
        memory.copyBytes(from: contents)
        self.path = path
        byteCount = memory.count
        bytes = UnsafeRawBufferPointer(memory)
        storage = .memory
    }

    deinit {
        switch storage {
        case .mapping(let descriptor, let handle):
            ck_mapping_release(handle)
            munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), byteCount)
            close(descriptor)
        case .memory:
            bytes.deallocate()
        }
    }

    /// Whether a page was missing when it was touched: zeros were read in its place.
    public var isDamaged: Bool {
        switch storage {
        case .mapping(_, let handle): ck_mapping_is_damaged(handle)
        case .memory: false
        }
    }

    /// Makes sure that the file still has the size it was mapped with and that no page went missing.
    ///
    /// - Complexity: one system call.
    /// - Throws: ``MappedFileError`` with reason `shrunk` or `pageMissing`.
    public func checkIntact() throws(MappedFileError) {
        guard case .mapping(let descriptor, _) = storage else { return }
        let size = try Self.size(of: descriptor, path: path)
        guard size >= byteCount else {
            throw MappedFileError(path: path, reason: .shrunk(from: byteCount, to: size))
        }
        guard !isDamaged else { throw MappedFileError(path: path, reason: .pageMissing) }
    }

    /// Gives the pages before `offset` back to the system, because they aren't needed for now: they stop counting as
    /// this process's memory, and come back when they are touched.
    func letGo(upTo offset: Int) {
        guard case .mapping = storage else { return }
        let page = Int(sysconf(Int32(_SC_PAGESIZE)))
        madvise(UnsafeMutableRawPointer(mutating: bytes.baseAddress), offset / page * page, MADV_DONTNEED)
    }

    private static func size(of descriptor: Int32, path: String) throws(MappedFileError) -> Int {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw MappedFileError(path: path, reason: .system(errno)) }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return Int(status.st_size)
        case S_IFDIR: throw MappedFileError(path: path, reason: .directory)
        default: throw MappedFileError(path: path, reason: .notRegularFile)
        }
    }

    private static func reason(ofOpenError number: Int32) -> MappedFileError.Reason {
        switch number {
        case ENOENT, ENOTDIR, ENAMETOOLONG: .notFound
        case EACCES, EPERM: .notReadable
        case ENXIO: .notRegularFile
        default: .system(number)
        }
    }
}
