import Backends
import Chat
import Configuration
import Transport

extension ServerSettings {
    /// The server as a backend deals with it; reads the key. Blocks where that is a command's output.
    ///
    /// - Throws: `OpenAIError`, `CredentialError`, ``CommandFailure`` if there is no key where it should be.
    func endpoint(_ environment: Environment, allowsPlainHTTP: Bool) throws -> OpenAIEndpoint {
        let url = try OpenAIURL(url)
        var endpoint = OpenAIEndpoint(url: url, model: model)
        endpoint.name = model ?? name
        endpoint.credential = try key.map { source in
            try Credential(
                key: try source.read(environment, server: name), origin: url.origin, source: source.description)
        }
        endpoint.style = style == .completions ? .completions : .chat
        endpoint.asksForUsage = usage
        endpoint.allowsPlainHTTP = plainHTTP || allowsPlainHTTP
        endpoint.timeouts.connect = timeouts.connect ?? endpoint.timeouts.connect
        endpoint.timeouts.firstToken = timeouts.firstToken ?? endpoint.timeouts.firstToken
        endpoint.timeouts.betweenTokens = timeouts.betweenTokens ?? endpoint.timeouts.betweenTokens
        endpoint.retries.attempts = attempts ?? endpoint.retries.attempts
        endpoint.price = price.map(Chat.Price.init)
        endpoint.contextLength = context
        endpoint.certificateFile = environment["SSL_CERT_FILE"]
        return endpoint
    }
}

extension Chat.Price {
    init(_ price: ServerSettings.Price) {
        let rate: Rate =
            if let hour = price.hour {
                .perHour(hour)
            } else {
                .perMillionTokens(
                    input: price.input ?? 0, cachedInput: price.cachedInput, output: price.output ?? 0)
            }
        self.init(rate, currency: price.currency)
    }
}
