import Foundation
import Screen
import Testing

/// Expects a frame to read as a text, row for row. Trailing blanks and empty rows at the end don't count.
public func expectFrame(
    _ frame: Frame, _ expected: String, sourceLocation: SourceLocation = #_sourceLocation
) {
    let actual = rows(frame.text())
    let wanted = rows(expected)
    guard actual != wanted else { return }
    let row = zip(actual, wanted).enumerated().first { $1.0 != $1.1 }?.offset ?? min(actual.count, wanted.count)
    Issue.record(
        "the frame differs from row \(row):\n\(actual.joined(separator: "\n"))", sourceLocation: sourceLocation)
}

/// Expects a text, such as a frame or a picture of one, to equal a file. Where the file is missing, or when
/// `DIPTYCH_RECORD` is set, the text is written there and the test fails, so that what was recorded gets looked at.
public func expectText(
    _ actual: String, matchesFileAt file: URL, sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let isRecording = ProcessInfo.processInfo.environment["DIPTYCH_RECORD"] != nil
    if !isRecording, let recorded = try? String(contentsOf: file, encoding: .utf8) {
        guard recorded != actual else { return }
        Issue.record(
            "\(file.lastPathComponent) is out of date; run again with DIPTYCH_RECORD=1 and look at the change",
            sourceLocation: sourceLocation)
        return
    }
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try actual.write(to: file, atomically: true, encoding: .utf8)
    Issue.record("recorded \(file.lastPathComponent); look at it and run again", sourceLocation: sourceLocation)
}

extension Frame: CustomTestStringConvertible {
    /// What a test that fails shows of a frame.
    public var testDescription: String { "\n" + text() + "\n" }
}

extension Frame {
    /// The roles of one row, from left to right.
    public func roles(row: Int) -> [Role] { cells(row: row).map(\.role) }

    /// The columns of a row that carry a role.
    public func columns(of role: Role, row: Int) -> [Int] {
        roles(row: row).enumerated().filter { $0.element == role }.map(\.offset)
    }
}

private func rows(_ text: String) -> [String] {
    var rows = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
        var line = String(line)
        while line.last == " " { line.removeLast() }
        return line
    }
    while rows.last?.isEmpty == true { rows.removeLast() }
    return rows
}
