/// A string of a GGUF file, in place: nothing is copied or decoded until it is asked for.
public struct GGUFString: Sendable, Equatable, Hashable, CustomStringConvertible {
    private let file: MappedFile
    private let offset: Int
    /// Length in bytes.
    public let count: Int

    /// `offset` and `count` have been checked against the file.
    init(file: MappedFile, offset: Int, count: Int) {
        self.file = file
        self.offset = offset
        self.count = count
    }

    /// A string that is in no file.
    public init(_ text: String) {
        self.init(file: MappedFile(copying: text.utf8, path: "memory"), offset: 0, count: text.utf8.count)
    }

    /// The bytes, which ought to be UTF-8; valid while this value (or its file) lives.
    public var utf8: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: file.bytes[offset..<offset + count])
    }

    /// The text, with U+FFFD in the place of bytes that aren't UTF-8.
    public var text: String {
        String(decoding: utf8, as: UTF8.self)
    }

    public var description: String { text }

    public static func == (left: GGUFString, right: GGUFString) -> Bool {
        left.utf8.elementsEqual(right.utf8)
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(bytes: utf8)
    }
}
