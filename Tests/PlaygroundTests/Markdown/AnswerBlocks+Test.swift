import Screen

@testable import Playground

extension AnswerBlocks {
    /// All lines of an answer.
    func lines(columns: Int) -> [ShownLine] { blocks.flatMap { lines(of: $0, columns: columns) } }

    static func shown(_ answer: String, columns: Int, form: Form = .markdown) -> [String] {
        AnswerBlocks(answer, form: form).lines(columns: columns).map(\.text)
    }

    /// The first line's runs, "role:text" each.
    static func runs(_ answer: String, columns: Int = 80) -> [String] {
        AnswerBlocks(answer, form: .markdown).lines(columns: columns).first?.runs.map { "\($0.role):\($0.text)" } ?? []
    }
}
