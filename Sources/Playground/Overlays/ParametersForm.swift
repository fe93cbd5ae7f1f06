/// The dialog that changes the sampling parameters, of one pane or of all. Nothing is changed before it is accepted as a
/// whole, and then only what was touched: panes may differ in the rest.
public struct ParametersForm: Sendable, Equatable {
    public let scope: Scope
    /// The texts of all parameters, in the order of ``Parameter/allCases``.
    private(set) var texts: [String]
    /// Which of them were changed.
    private var touched: Set<Int> = []
    /// Which of them aren't the same in all panes.
    private let differing: Set<Int>
    /// Index of the row that is edited.
    public private(set) var selected = 0
    /// Whether the next character replaces the value, rather than being added to it.
    private var isFresh = true

    /// - Parameter settings: of the panes in question; at least one.
    init(_ scope: Scope, _ settings: [PaneSettings]) {
        self.scope = scope
        let first = settings.first ?? PaneSettings()
        texts = Parameter.allCases.map { $0.text(in: first) }
        differing = Set(
            Parameter.allCases.enumerated().filter { _, parameter in
                settings.contains { parameter.text(in: $0) != parameter.text(in: first) }
            }.map(\.offset))
    }

    var parameter: Parameter { Parameter.allCases[selected] }

    /// Whether a row holds what its parameter allows.
    func isValid(_ index: Int) -> Bool {
        var scratch = PaneSettings()
        return Parameter.allCases[index].set(texts[index], in: &scratch)
    }

    /// Whether a parameter's value was changed, if only to what it was.
    func isTouched(_ parameter: Parameter) -> Bool {
        Parameter.allCases.firstIndex(of: parameter).map { touched.contains($0) } ?? false
    }

    /// Whether the panes' own values are kept, which aren't all the same.
    func isMixed(_ index: Int) -> Bool { differing.contains(index) && !touched.contains(index) }

    /// The settings with all values that were touched; nil where one isn't allowed.
    func settings(changing settings: PaneSettings) -> PaneSettings? {
        var settings = settings
        for (index, parameter) in Parameter.allCases.enumerated() where touched.contains(index) {
            guard parameter.set(texts[index], in: &settings) else { return nil }
        }
        return settings
    }

    mutating func select(_ index: Int) {
        selected = index
        isFresh = true
    }

    /// Moves to the first row whose value isn't allowed.
    mutating func selectInvalid() {
        if let index = texts.indices.first(where: { !isValid($0) }) { select(index) }
    }

    /// Digits, a point and a minus sign are text here; others are ignored.
    mutating func type(_ character: Character) {
        guard character.isASCII, character.isNumber || character == "." || character == "-" else { return }
        if isFresh { texts[selected] = "" }
        touch()
        if texts[selected].count < 24 { texts[selected].append(character) }
    }

    mutating func deleteBackward() {
        touch()
        _ = texts[selected].popLast()
    }

    mutating func clear() {
        touch()
        texts[selected] = ""
    }

    mutating func step(by direction: Int) {
        texts[selected] = parameter.stepped(texts[selected], by: direction)
        touch()
        isFresh = true
    }

    private mutating func touch() {
        isFresh = false
        touched.insert(selected)
    }
}
