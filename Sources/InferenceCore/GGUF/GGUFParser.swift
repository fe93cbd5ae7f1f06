/// Reads all of a GGUF file except the tensors' contents, and checks every count, offset and size on the way.
///
/// What was understood before a problem stays: `inspect` shows it. Problems that leave the rest of the file
/// understandable don't stop the parser.
///
/// Source: the GGUF specification, "File Structure".
struct GGUFParser {
    /// Bounds on what is kept in memory, far above any real file.
    static let keyLimit = 1 << 16
    static let tensorLimit = 1 << 17
    static let nameLimit = 1 << 16
    /// The specification asks for multiples of 8; vectors of floats need no more.
    static let alignments = 8...1 << 20
    private static let problemLimit = 100

    let file: MappedFile
    var cursor: GGUFCursor
    var version: UInt32?
    var alignment = 32
    var metadata: GGUFMetadata
    /// As the file lists them; offsets count from the tensor data.
    var declarations: [GGUFTensorDeclaration] = []
    /// First byte of the tensor data, once known.
    var dataOffset: Int?
    var tensors: [GGUFTensor] = []
    /// In the order in which they were met; the first is what opening the file throws.
    private(set) var problems: [GGUFError] = []

    init(file: MappedFile) {
        self.file = file
        cursor = GGUFCursor(file: file)
        metadata = GGUFMetadata(path: file.path)
    }

    mutating func parse() {
        do throws(GGUFError) {
            let (tensorCount, keyCount) = try parseHeader()
            for index in 0..<keyCount { try parsePair(index) }
            parseAlignment()
            for index in 0..<tensorCount { try parseDeclaration(index) }
            placeTensors()
        } catch {
            note(error)
        }
    }

    mutating func note(_ problem: GGUFError) {
        if problems.count < Self.problemLimit { problems.append(problem) }
    }

    private mutating func parseHeader() throws(GGUFError) -> (tensors: Int, keys: Int) {
        guard file.bytes.starts(with: "GGUF".utf8) else {
            let foreign = ForeignFile.recognize(file.bytes)
            throw GGUFError(
                .notGGUF, path: file.path, field: "magic", expected: "a GGUF file", found: foreign.looks,
                remedy: foreign.remedy)
        }
        _ = try cursor.read(UInt32.self, field: "magic")
        let version = try cursor.read(UInt32.self, field: "version")
        self.version = version
        guard version == 2 || version == 3 else { throw unsupported(version) }
        let tensorCount = try cursor.read(UInt64.self, field: "tensor count")
        let keyCount = try cursor.read(UInt64.self, field: "metadata count")
        // Key, type and value of one byte; name, dimension count, one dimension, format and offset.
        try checkCount(keyCount, field: "metadata count", leastBytes: 8 + 4 + 1, limit: Self.keyLimit)
        let room = cursor.remaining - Int(keyCount) * 13
        try checkCount(tensorCount, field: "tensor count", leastBytes: 8 + 4 + 8 + 4 + 8, limit: Self.tensorLimit, room)
        return (Int(tensorCount), Int(keyCount))
    }

    private func unsupported(_ version: UInt32) -> GGUFError {
        let isBigEndian = version.byteSwapped >= 1 && version.byteSwapped <= 0xFFFF
        return GGUFError(
            .unsupportedVersion, path: file.path, field: "version", expected: "2 or 3, little endian",
            found: isBigEndian ? "\(version.byteSwapped), big endian" : "\(version)",
            remedy: version == 1 || isBigEndian
                ? "convert the model again with a current converter, little endian"
                : "update this program, or convert the model again")
    }

    private func checkCount(
        _ count: UInt64, field: String, leastBytes: Int, limit: Int, _ room: Int? = nil
    ) throws(GGUFError) {
        let room = room ?? cursor.remaining
        guard count <= UInt64(room / leastBytes) else {
            throw GGUFError(
                .truncated, path: file.path, field: field,
                expected: "at most \(room / leastBytes) (\(cursor.remaining) bytes follow)", found: "\(count)",
                remedy: "the file was cut short or is damaged; pull it again")
        }
        guard count <= UInt64(limit) else {
            throw cursor.malformed(field, expected: "at most \(limit)", found: "\(count)")
        }
    }

    private mutating func parsePair(_ index: Int) throws(GGUFError) {
        let key = try readName("key number \(index + 1)")
        let type = try cursor.readType(field: "key \(key)")
        let value = try cursor.readValue(of: type, field: "key \(key)")
        if !metadata.append(value, key: key) {
            note(cursor.malformed("key \(key)", expected: "each key once", found: "a second one"))
        }
    }

    /// A key or a tensor's name.
    mutating func readName(_ field: @autoclosure () -> String) throws(GGUFError) -> String {
        let name = try cursor.readString(field: field())
        guard (1..<Self.nameLimit).contains(name.count) else {
            throw cursor.malformed(
                field(), expected: "a name of 1 to \(Self.nameLimit - 1) bytes", found: "\(name.count) bytes")
        }
        guard let text = String(validating: name.utf8, as: UTF8.self) else {
            throw cursor.malformed(field(), expected: "UTF-8", found: name.quoted(limit: 40))
        }
        return text
    }

    private mutating func parseAlignment() {
        let key = "general.alignment"
        guard let value = metadata[key] else { return }
        guard let number = value.integer, Self.alignments.contains(number), number.nonzeroBitCount == 1 else {
            note(
                cursor.malformed(
                    "key \(key)", expected: "a power of two from 8 to \(Self.alignments.upperBound)",
                    found: value.summary()))
            return
        }
        alignment = number
    }
}
