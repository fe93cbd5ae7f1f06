import Chat
import Configuration
import Reports
import Transport

extension ModelListing {
    /// The row of a model on a server of the configuration. Nobody is asked: it is what `config.yaml` says.
    init(_ server: ServerSettings) {
        self.init(
            id: server.name, title: server.model ?? "the only model of \(server.name)", contextLength: server.context,
            remark: server.price.flatMap(Self.remark(on:)),
            availability: .served(by: Origin(server.url)?.hostAndPort ?? server.name))
    }

    /// "$2 in, $10 out a million tokens", or "$1.20 an hour".
    private static func remark(on price: ServerSettings.Price) -> String? {
        func text(_ amount: Double) -> String {
            Cost(amount: amount, currency: price.currency, basis: .serverTokens).text
        }
        if let hour = price.hour { return "\(text(hour)) an hour" }
        let parts = [price.input.map { "\(text($0)) in" }, price.output.map { "\(text($0)) out" }].compactMap { $0 }
        return parts.isEmpty ? nil : "\(parts.joined(separator: ", ")) a million tokens"
    }
}
