import Chat
import Foundation

/// The shape that an answer is sent in.
protocol AnswerFormat: Sendable {
    var heading: AnswerHeading { get }
    /// The events that a streamed answer begins with.
    func opening() -> [any Encodable]
    /// The event that carries some of the answer.
    func event(_ piece: AnswerReader.Piece) -> any Encodable
    /// The event that ends the answer.
    func closing(_ finish: String, timings: Timings?) -> any Encodable
    /// The event that says what it took.
    func usage(_ usage: Usage, timings: Timings) -> any Encodable
    /// The whole answer, for a client that doesn't want it streamed.
    func document(_ answer: WholeAnswer) -> any Encodable
}

/// What all of an answer's events have in common.
struct AnswerHeading: Sendable {
    var id: String
    var created: Int
    var model: String

    init(prefix: String, model: String, created: Int = Service.now) {
        id = prefix + UUID().uuidString.filter { $0 != "-" }.lowercased()
        self.created = created
        self.model = model
    }
}

/// An answer, once it is complete.
struct WholeAnswer {
    var text: String
    var tokens: [ChatToken]
    var finish: String
    var usage: Usage
    var timings: Timings
}
