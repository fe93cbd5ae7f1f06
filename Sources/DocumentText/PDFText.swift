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
        let (process, standardOutput, standardError) = (Process(), Pipe(), Pipe())
        process.executableURL = URL(filePath: program)
        // A name that begins with a dash would be read as an option.
        process.arguments =
            (keepsLayout ? ["-layout"] : [])
            + ["-enc", "UTF-8", "-eol", "unix", path.hasPrefix("-") ? "./\(path)" : path, "-"]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = standardOutput
        process.standardError = standardError
        do {
            try process.run()
        } catch {
            throw DocumentError(
                path: path, reason: "\(program) can't be started: \(error.localizedDescription)", concernsAll: true)
        }
        var output = ChildOutput(
            descriptors: [
                standardOutput.fileHandleForReading.fileDescriptor, standardError.fileHandleForReading.fileDescriptor,
            ], limits: [largestText, 1 << 16], deadline: .now + timeLimit)
        let end = output.collect(isCancelled: isCancelled)
        if end != .finished { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
        switch end {
        case .finished: break
        case .cancelled: throw DocumentError(path: path, reason: "reading was cancelled", concernsAll: true)
        case .late:
            throw DocumentError(path: path, reason: "pdftotext was stopped after \(timeLimit.components.seconds) s")
        case .full:
            throw DocumentError(
                path: path, reason: "pdftotext was stopped after \(largestText) bytes of text, the most that is read")
        }
        guard process.terminationReason == .exit, process.terminationStatus == 0 else {
            throw DocumentError(path: path, reason: Self.complaint(output.bytes[1], process))
        }
        return try Self.pages(String(decoding: output.bytes[0], as: UTF8.self), path: path)
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
    private static func complaint(_ bytes: [UInt8], _ process: Process) -> String {
        let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
        let reason = lines.last.map { "pdftotext says: \($0.prefix(200))" }
        guard process.terminationReason == .exit else {
            return "pdftotext was ended by signal \(process.terminationStatus)" + (reason.map { "; \($0)" } ?? "")
        }
        return reason ?? "pdftotext failed with exit code \(process.terminationStatus)"
    }

    private static func search() -> String? {
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").lazy.map { "\($0)/\(name)" }.first {
            FileManager.default.isExecutableFile(atPath: $0)
        }
    }
}
