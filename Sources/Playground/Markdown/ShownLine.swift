import Screen

/// A stretch of a shown line in one role, with the place in the answer that it comes from.
struct ShownRun: Equatable, Sendable {
    var text: String
    var role: Role
    /// UTF-8 offsets in the answer; nil for what is drawn and not written: gutters, indentation, padding.
    ///
    /// Where the text is as long as its source in UTF-8, each byte stands for one of the source. Otherwise the run
    /// stands for the source as a whole, which is one character or a mark: a control character as glyphs, a tab as
    /// spaces, a bullet.
    var source: Range<Int>?
}

/// One line as shown. Sources ascend along an answer's lines and never overlap.
struct ShownLine: Equatable, Sendable {
    var runs: [ShownRun]

    var text: String { runs.map(\.text).joined() }
}
