import Chat

/// A model that clients may use.
public struct ServedModel: Sendable {
    /// What it does.
    enum Work: Sendable {
        /// Answers; each session is one conversation at a time.
        case answering([any ChatBackend])
        case embedding(any TextEmbedding)
    }

    /// The name that requests call it by.
    public let id: String
    let work: Work
    let profile: ModelProfile
    /// Tokens of the longest context that it was trained for; nil where nobody knows.
    let trainedContextLength: Int?

    /// A model that answers.
    /// - Parameter sessions: at least one. All are of the same model.
    public init(id: String, sessions: [any ChatBackend], trainedContextLength: Int? = nil) {
        precondition(!sessions.isEmpty, "a served model needs a session")
        self.id = id
        work = .answering(sessions)
        profile = sessions[0].profile
        self.trainedContextLength = trainedContextLength
    }

    /// A model that makes vectors of texts.
    public init(id: String, encoder: any TextEmbedding) {
        self.id = id
        work = .embedding(encoder)
        profile = encoder.profile
        trainedContextLength = nil
    }

    /// How many requests it works on at a time.
    var slotCount: Int {
        switch work {
        case .answering(let sessions): sessions.count
        case .embedding: 1
        }
    }
}
