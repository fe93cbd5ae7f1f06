import Screen

/// Draws what the state is. Pure; the theme's colours are applied where the frame meets the terminal.
public func render(_ state: State) -> Frame {
    var frame = Frame(size: state.size)
    let layout = state.layout
    if layout.isTooSmall {
        TooSmallView().draw(on: &frame)
    } else if let task = state.workbench, task.isShown {
        WorkbenchView(task: task, state: state).draw(on: &frame)
        draw(state.dialog, state: state, layout: layout, on: &frame)
        HintsView(state: state, layout: layout).draw(on: &frame)
    } else {
        let divergences = state.divergences
        for rects in layout.panes {
            PaneView(state: state, rects: rects, divergence: divergences[rects.pane]).draw(on: &frame)
        }
        if !layout.verdict.isEmpty { VerdictView(state: state, layout: layout).draw(on: &frame, in: layout.verdict) }
        if !layout.promptFrame.isEmpty { PromptView(state: state, layout: layout).draw(on: &frame) }
        if state.inspector != nil { InspectorView(state: state).draw(on: &frame, in: layout.inspector) }
        CompletionView(completion: state.completion, layout: layout).draw(on: &frame)
        draw(state.dialog, state: state, layout: layout, on: &frame)
        HintsView(state: state, layout: layout).draw(on: &frame)
    }
    if state.appearance.asciiOnly { frame.replaceWithASCII() }
    return frame
}

private func draw(_ dialog: Dialog?, state: State, layout: PlaygroundLayout, on frame: inout Frame) {
    switch dialog {
    case .models(let picker): ModelPickerView(picker: picker, state: state, layout: layout).draw(on: &frame)
    case .parameters(let form): ParametersFormView(form: form, state: state, layout: layout).draw(on: &frame)
    case .systemPrompt(let form): SystemPromptView(form: form, state: state, layout: layout).draw(on: &frame)
    case .list(let list): ListView(list: list, state: state, layout: layout).draw(on: &frame)
    case .fields(let form): FieldsFormView(form: form, state: state, layout: layout).draw(on: &frame)
    case .page(let page): PageView(page: page, state: state, layout: layout).draw(on: &frame)
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
