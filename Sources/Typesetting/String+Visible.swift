import Screen

extension String {
    /// The text as screens show it too: what would steer a reader's program stands there as visible glyphs.
    public var visible: String { VisibleText.of(self) }

    /// The same as a part of a line.
    public var visibleOnOneLine: String {
        visible.replacing("\n", with: "␊").replacing("\t", with: "␉")
    }
}
