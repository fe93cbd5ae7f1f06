#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// How much of a mapping is in this process's memory, from `/proc/self/smaps` (proc(5)).
struct ResidentMemory: Equatable {
    /// Bytes of the mapping in memory.
    var resident = 0
    /// The same, with pages shared between n processes counted as 1/n.
    var proportional = 0

    /// Sums up all areas of `smaps` that lie in the address range.
    init(of range: Range<UInt>, smaps: String) {
        var inside = false
        for line in smaps.split(separator: "\n") {
            if let area = Self.area(line) {
                inside = area.overlaps(range)
            } else if inside, line.hasPrefix("Rss:") {
                resident += Self.bytes(line)
            } else if inside, line.hasPrefix("Pss:") {
                proportional += Self.bytes(line)
            }
        }
    }

    /// The figures of a mapping of this process now; zero where the system doesn't tell.
    init(of bytes: UnsafeRawBufferPointer) {
        let begin = UInt(bitPattern: bytes.baseAddress)
        let smaps = SystemMemory.contents(ofProcessFile: "/proc/self/smaps") ?? ""
        self.init(of: begin..<begin + UInt(bytes.count), smaps: smaps)
    }

    /// The address range of a line such as "7f0000000000-7f0000001000 r--s …"; nil for other lines.
    private static func area(_ line: Substring) -> Range<UInt>? {
        guard let space = line.firstIndex(of: " "), let dash = line[..<space].firstIndex(of: "-"),
            let begin = UInt(line[..<dash], radix: 16),
            let end = UInt(line[line.index(after: dash)..<space], radix: 16), begin < end
        else { return nil }
        return begin..<end
    }

    /// The figure of a line such as "Rss:     1234 kB".
    private static func bytes(_ line: Substring) -> Int {
        line.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 * 1024 } ?? 0
    }
}

/// The machine's memory and this process's part of it, from `/proc` (proc(5)).
public enum SystemMemory {
    /// Bytes that programs can have without swapping; nil where the system doesn't tell.
    public static var available: Int? {
        contents(ofProcessFile: "/proc/meminfo").flatMap { available(meminfo: $0) }
    }

    /// The most bytes that this process has had in memory at once; nil where the system doesn't tell.
    public static var peakResident: Int? {
        contents(ofProcessFile: "/proc/self/status").flatMap { bytes(of: "VmHWM", in: $0) }
    }

    /// Reads a file of the proc file system to its end: such files have no size of their own.
    static func contents(ofProcessFile path: String) -> String? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var contents: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 {
            contents += buffer[..<count]
        }
        return String(decoding: contents, as: UTF8.self)
    }

    static func available(meminfo: String) -> Int? {
        bytes(of: "MemAvailable", in: meminfo)
    }

    /// The figure of a line such as "MemAvailable:  1234 kB".
    private static func bytes(of key: String, in text: String) -> Int? {
        let line = text.split(separator: "\n").first { $0.hasPrefix("\(key):") }
        return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }.map { $0 * 1024 }
    }
}
