#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A folder as Hugging Face publishes models: reads its small files.
struct HuggingFaceFolder: Sendable {
    let path: String
    /// Files in memory, in the place of the folder's.
    private let files: [String: [UInt8]]?

    init(_ path: String, files: [String: [UInt8]]? = nil) {
        self.path = path
        self.files = files
    }

    /// Whether the path leads to a folder, of whatever kind.
    static func exists(at path: String) -> Bool {
        var information = stat()
        return stat(path, &information) == 0 && information.st_mode & S_IFMT == S_IFDIR
    }

    /// The path of one of its files.
    func file(_ name: String) -> String {
        path.hasSuffix("/") ? path + name : path + "/" + name
    }

    /// The bytes of a file; nil if there is none of that name.
    func bytesIfPresent(_ name: String) throws -> [UInt8]? {
        if let files { return files[name] }
        let path = file(name)
        guard access(path, F_OK) == 0 else { return nil }
        let mapping = try MappedFile(path: path)
        let bytes = Array(mapping.bytes)
        try mapping.checkIntact()
        return bytes
    }

    /// The JSON of a file; nil if there is none of that name.
    func valueIfPresent(_ name: String) throws -> JSONValue? {
        guard let bytes = try bytesIfPresent(name) else { return nil }
        do {
            return try JSONValue(parsing: bytes)
        } catch {
            throw TokenizerError(file: file(name), key: error.description, reason: .malformed)
        }
    }

    func error(_ name: String, _ reason: TokenizerError.Reason) -> TokenizerError {
        TokenizerError(file: file(name), key: name, reason: reason)
    }
}
