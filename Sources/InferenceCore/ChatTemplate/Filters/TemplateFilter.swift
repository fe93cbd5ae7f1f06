/// A filter: what stands after `|`. To add one, add a line to the list of its topic.
struct TemplateFilter: Sendable {
    typealias Body =
        @Sendable (TemplateValue, TemplateBoundArguments, TemplateInterpreter) throws(ChatTemplateError) ->
        TemplateValue

    let names: [String]
    let signature: TemplateSignature
    let body: Body

    init(_ names: String..., signature: TemplateSignature = [], _ body: @escaping Body) {
        self.names = names
        self.signature = signature
        self.body = body
    }

    static let all: [TemplateFilter] =
        casing + textFilters + layout + markup + numbers + elements + selections + orderings + conversions
        + absent

    /// The filters by each of their names.
    static let named: [String: TemplateFilter] = Dictionary(
        all.flatMap { filter in filter.names.map { ($0, filter) } }
    ) { first, _ in first }
}

extension TemplateInterpreter {
    /// The value as a text, one that is a text as it is.
    func softString(_ value: TemplateValue) throws(ChatTemplateError) -> TemplateText {
        if case .text(let text) = value { return text }
        return try string(value)
    }
}
