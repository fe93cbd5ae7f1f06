import Screen

/// What stands left of a block's text: the lines beside quotes, the indentation of items, and on the first line the
/// marks of those that begin there. It takes half of the columns at most; what finds no room isn't drawn.
struct LinePrefix {
    private(set) var first: [ShownRun] = []
    private(set) var rest: [ShownRun] = []
    private(set) var columns = 0
    /// Items that begin here whose marks found no room, and have to stand in the text.
    private(set) var unplaced: [Container] = []

    private let room: Int

    init(of block: Block, in bytes: [UInt8], columns available: Int) {
        room = available / 2
        for (index, container) in block.containers.enumerated() {
            let begins = index >= block.continued
            // What follows a mark in the text is in the text too, or it would stand before it.
            guard unplaced.isEmpty, columns + container.shownColumns <= room else {
                if begins, container.isItem { unplaced.append(container) }
                continue
            }
            guard container.isItem else {
                addGutter()
                continue
            }
            columns += container.shownColumns
            Self.indent(&rest, by: container.shownColumns)
            if begins {
                first.append(Self.mark(of: container, in: bytes))
                Self.indent(&first, by: 1)
            } else {
                Self.indent(&first, by: container.shownColumns)
            }
        }
    }

    /// Adds the line beside quotes and code, if there is room.
    mutating func addGutter() {
        guard columns + 2 <= room else { return }
        let gutter = ShownRun(text: "│ ", role: .gutter, source: nil)
        first.append(gutter)
        rest.append(gutter)
        columns += 2
    }

    /// An item's mark as shown: a number or a task's box as written, and a bullet for any other.
    static func mark(of container: Container, in bytes: [UInt8]) -> ShownRun {
        let text = container.kind == .bullet ? "•" : String(decoding: bytes[container.mark], as: UTF8.self)
        return ShownRun(text: text, role: .muted, source: container.mark)
    }

    private static func indent(_ runs: inout [ShownRun], by columns: Int) {
        runs.append(ShownRun(text: String(repeating: " ", count: columns), role: .answer, source: nil))
    }
}
