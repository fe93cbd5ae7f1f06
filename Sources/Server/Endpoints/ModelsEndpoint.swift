extension Route {
    /// `GET /v1/models`: the models that are served.
    static let models = Route(method: "GET", path: "/models") { _, service, exchange in
        let models = service.entries.map { ModelDocument($0.model, created: service.created) }
        try await exchange.send(HTTPResponse(json: ModelList(data: models)))
    }

    /// `GET /v1/models/{id}`: one of them.
    static let model = Route(method: "GET", path: "/models/*") { request, service, exchange in
        let name = String(Route.path(of: request).dropFirst("/models/".count))
        let entry = try service.entry(named: name)
        try await exchange.send(HTTPResponse(json: ModelDocument(entry.model, created: service.created)))
    }
}

private struct ModelList: Encodable {
    var object = "list"
    var data: [ModelDocument]
}

/// A model, with what llama-server tells of one.
private struct ModelDocument: Encodable {
    struct Meta: Encodable {
        var nCtx: Int?
        var nCtxTrain: Int?
        var nParams: Int?
        var size: Int?
    }

    var id: String
    var object = "model"
    var created: Int
    var ownedBy = "diptych"
    var meta: Meta

    init(_ model: ServedModel, created: Int) {
        id = model.id
        self.created = created
        meta = Meta(
            nCtx: model.profile.contextLength, nCtxTrain: model.trainedContextLength,
            nParams: model.profile.parameterCount, size: model.profile.fileBytes)
    }
}
