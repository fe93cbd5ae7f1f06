/// What stands behind a task's command: values of the positional fields in their order, and others as NAME=VALUE. Quotes
/// keep blanks within one value; what is more than these belongs to the last of them.
struct WorkflowArguments: Equatable {
    private(set) var values: [String: String] = [:]

    /// - Throws: a ``CommandProblem`` for a quote that doesn't end, or a name that isn't a field's.
    init(_ text: String, of workflow: Workflow) throws(CommandProblem) {
        let places = workflow.fields.filter(\.isPositional)
        for word in try Self.words(of: text) {
            if !word.isQuoted, let equals = word.text.firstIndex(of: "="), equals > word.text.startIndex,
                word.text[..<equals].allSatisfy({ $0.isASCII && $0.isLetter })
            {
                let name = String(word.text[..<equals])
                guard workflow.fields.contains(where: { $0.name == name }) else {
                    let known = workflow.fields.map(\.name).joined(separator: ", ")
                    throw CommandProblem("/\(workflow.name) knows no '\(name)'; there are \(known).")
                }
                values[name] = String(word.text[word.text.index(after: equals)...])
                continue
            }
            if let field = places.first(where: { values[$0.name] == nil }) {
                values[field.name] = word.text
            } else if let last = places.last {
                values[last.name, default: ""] += " " + word.text
            }
        }
    }

    private struct Word {
        var text = ""
        /// Whether it begins with a quote, so that an equals sign in it is a part of the value.
        var isQuoted = false
    }

    private static func words(of text: String) throws(CommandProblem) -> [Word] {
        var words: [Word] = []
        var word: Word?
        var isInQuotes = false
        for character in text {
            if character == "\"" {
                if word == nil { word = Word(isQuoted: true) }
                isInQuotes.toggle()
            } else if character.isWhitespace, !isInQuotes {
                if let word { words.append(word) }
                word = nil
            } else {
                word = word ?? Word()
                word?.text.append(character)
            }
        }
        guard !isInQuotes else { throw CommandProblem("A quote doesn't end.") }
        return words + [word].compactMap { $0 }
    }
}
