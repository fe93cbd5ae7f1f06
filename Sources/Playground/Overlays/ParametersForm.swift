/// The dialog that changes the sampling parameters. Nothing is changed before it is accepted as a whole.
public struct ParametersForm: Sendable, Equatable {
    /// The texts of all parameters, in the order of ``Parameter/allCases``.
    private(set) var texts: [String]
    /// Index of the row that is edited.
    public private(set) var selected = 0
    /// Whether the next character replaces the value, rather than being added to it.
    private var isFresh = true

    init(_ settings: Settings) {
        texts = Parameter.allCases.map { $0.text(in: settings) }
    }

    var parameter: Parameter { Parameter.allCases[selected] }

    /// Whether a row holds what its parameter allows.
    func isValid(_ index: Int) -> Bool {
        var scratch = Settings()
        return Parameter.allCases[index].set(texts[index], in: &scratch)
    }

    /// The settings with all values of the form; nil where one isn't allowed.
    func settings(changing settings: Settings) -> Settings? {
        var settings = settings
        for (index, parameter) in Parameter.allCases.enumerated() {
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
        isFresh = false
        if texts[selected].count < 24 { texts[selected].append(character) }
    }

    mutating func deleteBackward() {
        isFresh = false
        _ = texts[selected].popLast()
    }

    mutating func clear() {
        isFresh = false
        texts[selected] = ""
    }

    mutating func step(by direction: Int) {
        texts[selected] = parameter.stepped(texts[selected], by: direction)
        isFresh = true
    }
}
