import Chat

/// A ``PaneOpening`` as its line has it.
struct PaneOpeningFields: Codable {
    var pane: Count
    var atUs: Microseconds
    var role: PaneRole?
    var model: String
    var profile: ProfileFields
    var file: RecordedModelFile?
    var parameters: PaneParameters

    init(_ opening: PaneOpening) {
        pane = Count(opening.pane)
        atUs = Microseconds(opening.at)
        role = opening.role
        model = opening.model
        profile = ProfileFields(opening.profile)
        file = opening.file
        parameters = opening.parameters
    }

    var opening: PaneOpening {
        PaneOpening(
            pane: pane.value, at: atUs.duration, role: role, model: model, profile: profile.profile, file: file,
            parameters: parameters)
    }
}

/// A `ModelProfile` as a line has it. What isn't known is left out.
struct ProfileFields: Codable {
    struct PriceFields: Codable {
        var currency: String
        /// Of a million tokens.
        var input: Measure?
        var cachedInput: Measure?
        var output: Measure?
        /// Of an hour of the machine.
        var hour: Measure?
    }

    var name: String
    /// Left out for a model in the program's own process.
    var server: ModelServer?
    var architecture: String?
    var format: String?
    var parameterCount: Count?
    var fileBytes: Count?
    var contextLength: Count?
    var hasChatTemplate: Bool
    var loadUs: Microseconds
    var threads: Count?
    var price: PriceFields?

    init(_ profile: ModelProfile) {
        name = profile.name
        server = profile.server
        architecture = profile.architecture
        format = profile.format
        parameterCount = profile.parameterCount.map { Count($0) }
        fileBytes = profile.fileBytes.map { Count($0) }
        contextLength = profile.contextLength.map { Count($0) }
        hasChatTemplate = profile.hasChatTemplate
        loadUs = Microseconds(profile.loadDuration)
        threads = profile.threads.map { Count($0) }
        price = profile.price.map(PriceFields.init)
    }

    var profile: ModelProfile {
        ModelProfile(
            name: name, location: server.map { .server($0) } ?? .here, architecture: architecture, format: format,
            parameterCount: parameterCount?.value, fileBytes: fileBytes?.value, contextLength: contextLength?.value,
            hasChatTemplate: hasChatTemplate, loadDuration: loadUs.duration, threads: threads?.value,
            price: price?.price)
    }
}

extension ProfileFields.PriceFields {
    init(_ price: Price) {
        currency = price.currency
        switch price.rate {
        case .perMillionTokens(let input, let cachedInput, let output):
            self.input = Measure(input)
            self.cachedInput = Measure(cachedInput)
            self.output = Measure(output)
        case .perHour(let amount): hour = Measure(amount)
        }
    }

    /// Nil where it isn't whole.
    var price: Price? {
        if let hour { return Price(.perHour(hour.value), currency: currency) }
        guard let input, let output else { return nil }
        let rate = Price.Rate.perMillionTokens(
            input: input.value, cachedInput: cachedInput?.value, output: output.value)
        return Price(rate, currency: currency)
    }
}

struct PaneClosedFields: Codable {
    var pane: Count
    var atUs: Microseconds
}
