import Foundation

/// The text of a file that people read: plain text in UTF-8, or a PDF's.
public struct Document: Sendable, Equatable {
    public var path: String
    /// In order; plain text is one page.
    public var pages: [String]

    public init(path: String, pages: [String]) {
        self.path = path
        self.pages = pages
    }

    /// All pages, an empty line between them.
    public var text: String { pages.joined(separator: "\n\n") }

    /// A file of more bytes is taken for a mistake.
    public static let largest = 256 << 20

    /// Reads a file. What it begins with says what it is, not its name. Blocks, for PDFs as long as `pdftotext` takes.
    /// - Parameter isCancelled: asked several times a second while `pdftotext` works.
    /// - Throws: ``DocumentError``.
    public static func read(
        _ path: String, pdf: PDFText = PDFText(), isCancelled: () -> Bool = { false }
    ) throws(DocumentError) -> Document {
        let bytes = try bytes(of: path)
        if isPDF(bytes) { return Document(path: path, pages: try pdf.pages(of: path, isCancelled: isCancelled)) }
        guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
            throw DocumentError(path: path, reason: "expected a PDF or text in UTF-8, found other bytes")
        }
        return Document(path: path, pages: [text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text])
    }

    /// Readers take the mark anywhere in the first kilobyte (Adobe's implementation note 13 to PDF 1.7).
    static func isPDF(_ bytes: some Collection<UInt8>) -> Bool {
        bytes.prefix(1024).firstRange(of: Array("%PDF-".utf8)) != nil
    }

    private static func bytes(of path: String) throws(DocumentError) -> Data {
        var status = stat()
        guard stat(path, &status) == 0 else {
            throw DocumentError(path: path, reason: String(cString: strerror(errno)))
        }
        // A pipe could keep the reader waiting for ever.
        guard status.st_mode & S_IFMT == S_IFREG else {
            let isFolder = status.st_mode & S_IFMT == S_IFDIR
            throw DocumentError(
                path: path, reason: "expected a file, found \(isFolder ? "a folder" : "something else")")
        }
        guard status.st_size <= largest else {
            throw DocumentError(
                path: path, reason: "expected at most \(largest >> 20) MiB, found \(status.st_size >> 20) MiB")
        }
        do {
            return try Data(contentsOf: URL(filePath: path), options: .alwaysMapped)
        } catch {
            throw DocumentError(path: path, reason: error.localizedDescription)
        }
    }
}
