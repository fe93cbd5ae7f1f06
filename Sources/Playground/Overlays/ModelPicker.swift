/// The dialog that gives a pane another model.
public struct ModelPicker: Sendable, Equatable {
    /// Index of the pane that the choice is for.
    public internal(set) var pane: Int
    /// Index of the chosen row.
    public internal(set) var selected = 0

    init(pane: Int) { self.pane = pane }
}
