import Foundation

/// Reads a file line by line, holding no more than the longest line in memory. Belongs to one thread.
struct LineReader: ~Copyable {
    /// One line, without its line break.
    struct Line {
        var bytes: Data
        /// From 1.
        var number: Int
        /// False where the file ends before the line does.
        var isWhole: Bool
    }

    private let path: String
    private let descriptor: Int32
    private let maximumLength: Int
    private var chunk = [UInt8](repeating: 0, count: 1 << 18)
    /// The part of the chunk that isn't read yet.
    private var rest = 0..<0
    private var number = 0

    /// - Throws: ``SessionFileError`` where there is no such file, or it isn't a plain one.
    init(path: String, maximumLength: Int = SessionLine.maximumLength) throws(SessionFileError) {
        // A pipe that nobody writes to must not keep the program waiting.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw SessionFileError(path: path, code: errno) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw SessionFileError(
                path: path, expected: "a session file", found: "no plain file", remedy: "give the path of a file")
        }
        self.path = path
        self.descriptor = descriptor
        self.maximumLength = maximumLength
    }

    deinit {
        close(descriptor)
    }

    /// The next line; nil at the end of the file.
    mutating func next() throws(SessionFileError) -> Line? {
        var bytes = Data()
        number += 1
        while true {
            if rest.isEmpty {
                let count = try fill()
                if count == 0 { return bytes.isEmpty ? nil : Line(bytes: bytes, number: number, isWhole: false) }
            }
            let part = chunk[rest]
            let end = part.firstIndex(of: UInt8(ascii: "\n"))
            bytes.append(contentsOf: part[..<(end ?? part.endIndex)])
            rest = (end.map { $0 + 1 } ?? part.endIndex)..<rest.upperBound
            guard bytes.count <= maximumLength else {
                throw SessionFileError(
                    path: path, line: number, expected: "at most \(maximumLength) bytes", found: "a longer line")
            }
            if end != nil { return Line(bytes: bytes, number: number, isWhole: true) }
        }
    }

    private mutating func fill() throws(SessionFileError) -> Int {
        while true {
            let count = chunk.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 {
                rest = 0..<count
                return count
            }
            guard errno == EINTR else { throw SessionFileError(path: path, code: errno) }
        }
    }
}
