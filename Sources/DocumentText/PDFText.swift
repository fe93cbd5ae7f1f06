import Foundation

/// Reads the text of PDFs with poppler's `pdftotext`, a program of its own: whatever a file does to it, this process goes on.
public struct PDFText: Sendable {
    /// Where the program is; nil searches `PATH`.
    public var program: String?
    /// The program is stopped after this time.
    public var timeLimit: Duration
    /// More bytes of text than this are taken for an attack on memory.
    public var largestText: Int
    /// Whether columns stand side by side as on paper; else text comes in the order in which it is read.
    public var keepsLayout: Bool

    public init(
        program: String? = nil, timeLimit: Duration = .seconds(60), largestText: Int = 64 << 20,
        keepsLayout: Bool = true
    ) {
        self.program = program
        self.keepsLayout = keepsLayout
        self.timeLimit = timeLimit
        self.largestText = largestText
    }

    /// Of `pdftotext`, or where it would be.
    private static let name = "pdftotext"

    /// The text of each page. Blocks until the program ends: call it on a thread of your own.
    /// - Parameter isCancelled: asked several times a second; then the program is stopped.
    /// - Throws: ``DocumentError``: the program is missing, refuses the file, takes too long or writes too much, the
    ///   file has no text, as scans do, or it was cancelled.
    public func pages(of path: String, isCancelled: () -> Bool = { false }) throws(DocumentError) -> [String] {
        guard let program = program ?? Self.search() else {
            throw DocumentError(
                path: path,
                reason: "reading PDFs needs the program pdftotext, which isn't in PATH; apt install "
                    + "poppler-utils", concernsAll: true)
        }
        // A name that begins with a dash would be read as an option.
        let file = path.hasPrefix("-") ? "./\(path)" : path
        let child = ChildOutput(
            program: program,
            arguments: (keepsLayout ? ["-layout"] : []) + ["-enc", "UTF-8", "-eol", "unix", file, "-"],
            seconds: timeLimit / .seconds(1), byteLimit: largestText)
        let bytes: [UInt8]
        do {
            bytes = try child.read(isCancelled: isCancelled)
        } catch {
            throw Self.error(error, path: path, program: program)
        }
        return try Self.pages(String(decoding: bytes, as: UTF8.self), path: path)
    }

    private static func error(_ failure: ChildOutput.Failure, path: String, program: String) -> DocumentError {
        switch failure {
        case .notStarted(let reason):
            DocumentError(path: path, reason: "\(program) can't be started: \(reason)", concernsAll: true)
        case .cancelled: DocumentError(path: path, reason: "reading was cancelled", concernsAll: true)
        case .tookTooLong(let seconds):
            DocumentError(path: path, reason: "pdftotext was stopped after \(Int(seconds)) s; check the file")
        case .tooMuch(let bytes):
            DocumentError(
                path: path, reason: "pdftotext was stopped after \(bytes) bytes of text, the most that is read")
        case .failed(let status, let message):
            DocumentError(path: path, reason: complaint(message, status: status))
        }
    }

    /// A form feed ends each page.
    static func pages(_ text: String, path: String) throws(DocumentError) -> [String] {
        var pages = text.split(separator: "\u{0C}", omittingEmptySubsequences: false).map(String.init)
        if pages.last?.isEmpty == true { pages.removeLast() }
        guard pages.contains(where: { !$0.allSatisfy(\.isWhitespace) }) else {
            throw DocumentError(
                path: path, reason: "the PDF has no text, as where pages are pictures; recognise its text first")
        }
        return pages
    }

    /// The program's last word is what it stumbled over.
    private static func complaint(_ message: String, status: Int32) -> String {
        let reason = message.split(whereSeparator: \.isNewline).last.map { "pdftotext says: \($0.prefix(200))" }
        guard status <= 128 else {
            return "pdftotext was ended by signal \(status - 128)" + (reason.map { "; \($0)" } ?? "")
        }
        return reason ?? "pdftotext failed with exit code \(status)"
    }

    private static func search() -> String? {
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").lazy.map { "\($0)/\(name)" }.first {
            FileManager.default.isExecutableFile(atPath: $0)
        }
    }
}
