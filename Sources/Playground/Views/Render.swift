import Screen

/// Draws what the state is. Pure; the theme's colours are applied where the frame meets the terminal.
public func render(_ state: State) -> Frame {
    Frame(size: state.size)
}
