import Backends
import ModelLibrary

/// A model that a command answers with, found but not yet opened.
enum ModelChoice: Sendable {
    /// In this process.
    case local(ResolvedModel)
    /// On a server.
    case remote(OpenAIEndpoint)

    /// What screens and reports call it.
    var name: String {
        switch self {
        case .local(let model): model.name
        case .remote(let endpoint): endpoint.name ?? endpoint.model ?? endpoint.url.origin.hostAndPort
        }
    }

    /// How large the model is beside others, in bytes of its file. What is on a server is taken for larger than what is
    /// here: that is why it is there.
    var size: Int {
        switch self {
        case .local(let model): Lineup.fileSize(model.path)
        case .remote: .max
        }
    }
}
