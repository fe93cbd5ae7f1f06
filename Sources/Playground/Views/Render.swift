import Screen

/// Draws what the state is. Pure; the theme's colours are applied where the frame meets the terminal.
public func render(_ state: State) -> Frame {
    var frame = Frame(size: state.size)
    let layout = state.layout
    if layout.isTooSmall {
        TooSmallView().draw(on: &frame)
    } else {
        for pane in state.panes.indices { PaneView(state: state, index: pane, layout: layout).draw(on: &frame) }
        VerdictView(state: state).draw(on: &frame, in: layout.verdict)
        PromptView(state: state, layout: layout).draw(on: &frame)
        HintsView(state: state).draw(on: &frame, in: layout.hints)
        draw(state.dialog, state: state, layout: layout, on: &frame)
    }
    if state.appearance.asciiOnly { frame.replaceWithASCII() }
    return frame
}

private func draw(_ dialog: Dialog?, state: State, layout: PlaygroundLayout, on frame: inout Frame) {
    switch dialog {
    case .models(let picker): ModelPickerView(picker: picker, state: state, layout: layout).draw(on: &frame)
    case .parameters(let form): ParametersFormView(form: form, layout: layout).draw(on: &frame)
    case .systemPrompt(let editor): SystemPromptView(editor: editor, layout: layout).draw(on: &frame)
    case .help(let page): HelpView(page: page, layout: layout).draw(on: &frame)
    case .palette(let palette): CommandPaletteView(palette: palette, layout: layout).draw(on: &frame)
    case nil: break
    }
}

/// Says that there isn't room, wherever there is room for that.
private struct TooSmallView {
    func draw(on frame: inout Frame) {
        let minimum = PlaygroundLayout.minimum
        let text = "Diptych needs \(minimum.columns)x\(minimum.rows); this is \(frame.size.columns)x\(frame.size.rows)."
        let lines = Wrap.lines(of: text, columns: frame.size.columns)
        for (row, line) in lines.prefix(frame.size.rows).enumerated() {
            frame.write(line, at: Point(column: 0, row: row), role: .warning)
        }
    }
}
