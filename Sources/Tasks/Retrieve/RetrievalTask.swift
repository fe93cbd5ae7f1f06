import Chat
import Evaluation
import Foundation
import Retrieval

/// Questions to answer from an index. An answer is right that cites a place where it is known to stand.
public struct RetrievalTask: Sendable {
    public let searcher: Searcher
    public let options: Answerer.Options

    public init(searcher: Searcher, options: Answerer.Options) {
        self.searcher = searcher
        self.options = options
    }

    /// Names everything that can change what is found.
    public var searchFingerprint: String {
        Fingerprint("find", searcher.fingerprint, searcher.encoderName, options.mode.rawValue).text
    }

    /// Names everything but the model that can change what is written.
    public var fingerprint: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let sampling = (try? encoder.encode(options.sampling)).map { String(decoding: $0, as: UTF8.self) } ?? ""
        var fingerprint = Fingerprint(
            "write", searchFingerprint, "\(options.sources)", "\(options.maximumTokens)", sampling)
        for message in SourcePrompt(question: "", sources: []).messages { fingerprint.add(message.content) }
        return fingerprint.text
    }

    /// The judge of what is right.
    /// - Parameter expected: see `RetrievalQuestion`.
    public static func isRight(_ answer: String, _ expected: String) -> Bool {
        RetrievalQuestion("", places: expected)?.isCited(in: answer) ?? false
    }

    /// What both sides say where nothing is about the question, so that the large model isn't asked.
    static let nothingFound = "Nothing in the index is about this question."
}
