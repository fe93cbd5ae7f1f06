import DocumentText
import Foundation
import Testing

/// A folder that goes away with the test.
private final class Folder {
    let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path

    init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ text: String, to name: String) throws -> String {
        let file = URL(filePath: "\(path)/\(name)")
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
        return file.path
    }

    /// A program that stands in for pdftotext.
    func program(_ script: String) throws -> String {
        let path = try write("#!/bin/sh\n\(script)\n", to: "program")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        return path
    }
}

// One after the other: a program that was just written can't be started while another process is being born beside it.
@Suite(.serialized) struct PDFTextTests {
    private let pdf = "%PDF-1.4\n"

    @Test func pagesAreDividedAtFormFeeds() throws {
        let folder = try Folder()
        let program = try folder.program(#"printf 'one\n\ftwo\n\f'; echo noise >&2"#)
        let path = try folder.write(pdf, to: "a.bin")
        let document = try Document.read(path, pdf: PDFText(program: program))
        #expect(document.pages == ["one\n", "two\n"])
        #expect(document.text == "one\n\n\ntwo\n")
    }

    @Test func aFileThatIsRefusedFailsWithTheProgramsReason() throws {
        let folder = try Folder()
        let program = try folder.program("echo first >&2; echo \"Syntax Error: no trailer\" >&2; exit 1")
        let path = try folder.write(pdf, to: "a.pdf")
        #expect(throws: DocumentError(path: path, reason: "pdftotext says: Syntax Error: no trailer")) {
            try PDFText(program: program).pages(of: path)
        }
    }

    @Test func aProgramThatHangsIsStopped() throws {
        let folder = try Folder()
        let program = try folder.program("exec sleep 1000")
        let error = #expect(throws: DocumentError.self) {
            try PDFText(program: program, timeLimit: .milliseconds(100)).pages(of: folder.path)
        }
        #expect(error?.reason.contains("stopped") == true)
    }

    @Test func aProgramThatSaysNothingMoreAndGoesOnIsStopped() throws {
        let folder = try Folder()
        let program = try folder.program("exec sleep 1000 >&- 2>&-")
        #expect(throws: DocumentError.self) {
            try PDFText(program: program, timeLimit: .milliseconds(100)).pages(of: folder.path)
        }
    }

    @Test func aProgramThatIsKilledIsToldApart() throws {
        let folder = try Folder()
        let program = try folder.program("kill -9 $$")
        let error = #expect(throws: DocumentError.self) { try PDFText(program: program).pages(of: folder.path) }
        #expect(error?.reason == "pdftotext was ended by signal 9")
    }

    @Test func aProgramIsStoppedWhenNobodyWantsItsText() throws {
        let folder = try Folder()
        let program = try folder.program("exec sleep 1000")
        var asked = 0
        let error = #expect(throws: DocumentError.self) {
            try PDFText(program: program).pages(of: folder.path) {
                asked += 1
                return asked > 2
            }
        }
        #expect(error?.reason.contains("cancelled") == true)
    }

    @Test func layoutIsKeptUnlessReadingOrderIsWanted() throws {
        let folder = try Folder()
        let program = try folder.program(#"echo "$@""#)
        #expect(try PDFText(program: program).pages(of: "-a.pdf") == ["-layout -enc UTF-8 -eol unix ./-a.pdf -\n"])
        let inOrder = PDFText(program: program, keepsLayout: false)
        #expect(try inOrder.pages(of: "/a.pdf") == ["-enc UTF-8 -eol unix /a.pdf -\n"])
    }

    @Test func endlessTextIsCutOff() throws {
        let folder = try Folder()
        let program = try folder.program("exec yes")
        let error = #expect(throws: DocumentError.self) {
            try PDFText(program: program, largestText: 100_000).pages(of: folder.path)
        }
        #expect(error?.reason.contains("100000 bytes") == true)
    }

    @Test func muchNoiseDoesNotStopIt() throws {
        let folder = try Folder()
        let program = try folder.program("head -c 1000000 /dev/zero >&2; echo text")
        #expect(try PDFText(program: program).pages(of: folder.path) == ["text\n"])
    }

    @Test func aMissingProgramIsToldWithTheRemedy() throws {
        let error = #expect(throws: DocumentError.self) {
            try PDFText(program: "/nonexistent/pdftotext").pages(of: "a.pdf")
        }
        #expect(error?.concernsAll == true)
    }

    @Test func aScanHasNoText() throws {
        let folder = try Folder()
        let program = try folder.program(#"printf ' \n\f'"#)
        let error = #expect(throws: DocumentError.self) { try PDFText(program: program).pages(of: folder.path) }
        #expect(error?.reason.contains("no text") == true)
    }

    @Test func textIsReadWithoutItsMark() throws {
        let folder = try Folder()
        #expect(try Document.read(folder.write("\u{FEFF}Grüße", to: "a.txt")).text == "Grüße")
    }

    @Test func whatIsNoDocumentIsRefused() throws {
        let folder = try Folder()
        let binary = try folder.write("a\u{0}b", to: "b.txt")
        for path in [folder.path, "\(folder.path)/none.txt", binary, "/dev/zero"] {
            #expect(throws: DocumentError.self) { try Document.read(path) }
        }
    }

    @Test func foldersListDocumentsInOneOrder() throws {
        let folder = try Folder()
        for name in ["b.txt", "a/c.PDF", "a.md", ".hidden/x.txt", "picture.png"] { _ = try folder.write("x", to: name) }
        let listing = try DocumentFolder(folder.path)
        #expect(listing.paths == ["a.md", "a/c.PDF", "b.txt"])
        #expect(listing.leftOut == 1)
        #expect(throws: DocumentError.self) { try DocumentFolder("\(folder.path)/.hidden/none") }
    }
}
