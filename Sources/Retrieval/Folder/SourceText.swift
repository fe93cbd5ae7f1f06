import DocumentText
import Foundation
import Transport

/// A file's text in lines that know where they stand.
struct SourceText: Sendable {
    struct Line: Sendable, Equatable {
        /// From 1: of the line, or of the page in a PDF.
        var number: Int
        var text: Substring
    }

    var kind: FileKind
    var lines: [Line]

    init(_ text: String, kind: FileKind) {
        self.kind = kind
        let text = kind == .html ? HTMLText.plain(text) : text
        if kind == .pdf {
            let pages = text.split(separator: "\u{0C}", omittingEmptySubsequences: false)
            lines = pages.enumerated().flatMap { page, text in
                Self.divide(text).map { Line(number: page + 1, text: $0) }
            }
        } else {
            lines = Self.divide(text[...]).enumerated().map { Line(number: $0.offset + 1, text: $0.element) }
        }
    }

    /// Lines end in LF, CR LF or CR, as editors count them.
    private static func divide(_ text: Substring) -> [Substring] {
        var lines = text.split(omittingEmptySubsequences: false) { ["\n", "\r\n", "\r"].contains($0) }
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }
}

extension SourceText {
    /// What a file holds.
    enum Contents {
        case text(SourceText, Digest)
        /// The same bytes as before.
        case unchanged(Digest)
        case binary
    }

    /// Reads a file, blocking.
    /// - Parameter known: the digest of what the index has of it.
    /// - Throws: ``SkippedFile/Reason`` wrapped in ``Unreadable``, `DigestError`, `CancellationError`.
    static func read(
        _ entry: FolderScan.Entry, in folder: String, known: Digest?, limits: IndexingLimits, cancellation: Cancellation
    ) throws -> Contents {
        let path = "\(folder)/\(entry.path)"
        let bytes: [UInt8]
        do {
            bytes = try FileContents.read(path, limit: entry.kind == .pdf ? limits.pdfBytes : limits.textBytes)
        } catch let error as FileError {
            throw Unreadable(reason: .unreadable(error.code))
        }
        let digest = try Digest(of: bytes)
        if digest == known { return .unchanged(digest) }
        if entry.kind == .pdf {
            return .text(SourceText(try pdfText(path, limits, cancellation), kind: .pdf), digest)
        }
        guard let text = FileContents.text(of: bytes) else { return .binary }
        return .text(SourceText(text, kind: entry.kind), digest)
    }

    struct Unreadable: Error {
        let reason: SkippedFile.Reason
    }

    private static func pdfText(
        _ path: String, _ limits: IndexingLimits, _ cancellation: Cancellation
    ) throws -> String {
        let reader = PDFText(
            timeLimit: .seconds(limits.pdfSeconds), largestText: limits.pdfTextBytes, keepsLayout: false)
        do {
            return try reader.pages(of: path) { cancellation.isCancelled }.joined(separator: "\u{0C}")
        } catch {
            try cancellation.check()
            throw Unreadable(reason: error.concernsAll ? .noPDFReader : .damagedPDF(error.reason))
        }
    }
}
