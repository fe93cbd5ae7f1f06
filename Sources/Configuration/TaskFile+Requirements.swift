import Evaluation

/// What a task's file requires.
struct RequirementList {
    private(set) var requirements: [Requirement] = []
    private(set) var currency: String?

    private static let seconds = ["ms": 1.0, "s": 1000]
    private static let bytes = [
        "B": 1.0, "kB": 1e3, "MB": 1e6, "GB": 1e9, "KiB": 1024, "MiB": 1_048_576, "GiB": 1_073_741_824,
    ]

    init(_ field: YAMLField) throws {
        let fields = try field.mapping(known: [
            "accuracy_at_least", "p95_at_most", "items_per_second_at_least", "memory_at_most",
            "cost_per_thousand_at_most", "within_points_of_best",
        ])
        func add(_ measure: Measure, _ name: String, _ read: (YAMLField) throws -> Double) throws {
            if let bound = try fields.optional(name, read) { requirements.append(Requirement(measure, bound)) }
        }
        try add(.accuracy, "accuracy_at_least") { try $0.share(in: 0...1, "an accuracy, such as 0.8 or 80 %,") }
        try add(.behindBest, "within_points_of_best") {
            try $0.quantity(
                in: 0...1, units: ["": 0.01, "points": 0.01, "%": 0.01], needsUnit: true,
                "points of percent from 0 to 100")
        }
        try add(.p95, "p95_at_most") {
            try $0.quantity(
                in: 0.001...1e9, units: Self.seconds, needsUnit: true, "a time with its unit, such as 50 ms or 1.5 s")
        }
        try add(.itemsPerSecond, "items_per_second_at_least") { try $0.number(in: 0...1e9, "examples a second") }
        try add(.memory, "memory_at_most") {
            try $0.quantity(
                in: 1...1e15, units: Self.bytes, needsUnit: true, "a size with its unit, such as 500 MB or 2 GiB")
        }
        if let (amount, currency) = try fields.optional("cost_per_thousand_at_most", Self.amount) {
            requirements.append(Requirement(.costPerThousand, amount))
            self.currency = currency
        }
    }

    /// An amount alone, or with its currency before or behind it.
    private static func amount(_ field: YAMLField) throws -> (amount: Double, currency: String?) {
        let expected = "an amount, such as 0.10, $0.10 or 0.10 EUR"
        let text = try field.line(expected: expected)
        let isFigure = { (character: Character) in character.isASCII && (character.isNumber || character == ".") }
        let figure = text.drop { !isFigure($0) }.prefix(while: isFigure)
        let before = text[..<figure.startIndex].filter { $0 != " " }
        let behind = text[figure.endIndex...].filter { $0 != " " }
        guard let amount = Double(figure), amount.isFinite, before.isEmpty || behind.isEmpty,
            !(before + behind).contains(where: { $0.isNumber || "+-,".contains($0) })
        else { throw field.error(expected: expected) }
        let currency = before + behind
        return (amount, currency.isEmpty ? nil : String(currency))
    }
}
