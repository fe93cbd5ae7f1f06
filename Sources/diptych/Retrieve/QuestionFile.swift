import Evaluation
import Retrieval

/// A file of questions: rows with `question`, and `expect` where the places of their answers are known.
enum QuestionFile {
    /// - Throws: `ExampleFileError`; ``CommandFailure`` for places that are none.
    static func read(_ path: String) throws -> [Example] {
        let examples = try ExampleFile.read(path, fields: ExampleFields(expected: "expect"))
        for example in examples {
            guard let expected = example.expected else { continue }
            _ = try question(example, expecting: expected, path: path)
        }
        return examples
    }

    /// Questions whose answers' places are all known.
    /// - Throws: what ``read(_:)`` throws; ``CommandFailure`` for a question without a place.
    static func readWithPlaces(_ path: String) throws -> [RetrievalQuestion] {
        try read(path).map { example in
            guard let expected = example.expected else {
                throw CommandFailure(
                    message: "\(path), question \(example.id): expected a field 'expect' with the places of its "
                        + "answer, found none; add a list such as [\"guide.md\", \"main.c:120\"]")
            }
            return try question(example, expecting: expected, path: path)
        }
    }

    private static func question(
        _ example: Example, expecting expected: String, path: String
    ) throws -> RetrievalQuestion {
        guard let question = RetrievalQuestion(example.text, places: expected) else {
            throw CommandFailure(
                message: "\(path), question \(example.id): expected in 'expect' a list such as [\"guide.md\", "
                    + "\"main.c:120\"], or places with semicolons between them, found \(expected)")
        }
        return question
    }
}
