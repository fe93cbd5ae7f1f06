import Configuration
import Reports
import Transport

extension ModelListing {
    /// The row of a model on a server of the configuration. Nobody is asked: it is what `config.yaml` says.
    init(_ server: ServerSettings) {
        self.init(
            id: server.name, title: server.model ?? "the only model of \(server.name)", contextLength: server.context,
            availability: .served(by: Origin(server.url)?.hostAndPort ?? server.name))
    }
}
